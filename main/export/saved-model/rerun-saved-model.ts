import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { problem } from '../../../shared/errors/catalogue';
import { Cancelled, ProblemError } from '../../../shared/errors/problem';
import type { ExportPart } from '../../../shared/export/export-part';
import type { Tensor } from '../../execute/executor';
import { loadBinding } from '../../execute/tensorflow/load-binding';
import { SavedModelSchema } from '../../execute/tensorflow/saved-model/saved-model_pb';
import { SERVE_TAG } from '../../execute/tensorflow/saved-model/saved-model-folder';
import { endsOfPart } from '../ends';
import type { Rerun } from '../format';
import { joinedFloats } from '../joined-floats';
import { SAVED_MODEL_FILE, SIGNATURE } from './saved-model-bytes';

/** Runs a written SavedModel by its signature. @throws ProblemError where TensorFlow refuses it @throws Cancelled */
export async function rerunSavedModel(
  folder: string,
  part: ExportPart,
  batches: readonly Tensor[],
  signal: AbortSignal | undefined,
): Promise<Rerun> {
  const { binding } = loadBinding();
  const by = `TensorFlow ${binding.TF_Version}`;
  const { input, output } = await signatureOf(folder, part);
  const types = { float32: binding.TF_FLOAT, int32: binding.TF_INT32, uint8: binding.TF_UINT8 };
  const outputs: Float32Array[] = [];
  let model: number | null = null;
  const made: number[] = [];
  try {
    model = binding.loadSavedModel(folder, SERVE_TAG);
    for (const { dtype, shape, data } of batches) {
      if (signal?.aborted) throw new Cancelled();
      const given = binding.createTensor([...shape], types[dtype], data);
      made.push(given);
      const [result] = binding.runSavedModel(model, [given], input, output);
      if (!result) throw new Error('it gave out nothing.');
      made.push(result.id);
      outputs.push(Float32Array.from(binding.tensorDataSync(result.id)));
    }
    return { by, outputs: joinedFloats(outputs) };
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    const [detail = ''] = String(error instanceof Error ? error.message : error).split('\n');
    throw new ProblemError(problem('EXPORT_UNREADABLE', { by, detail }));
  } finally {
    for (const tensor of made) binding.deleteTensor(tensor);
    if (model !== null) binding.deleteSavedModel(model);
  }
}

/** The tensors by which a written SavedModel says that it is fed and fetched. */
async function signatureOf(folder: string, part: ExportPart): Promise<{ input: string; output: string }> {
  const model = fromBinary(SavedModelSchema, await readFile(join(folder, SAVED_MODEL_FILE)));
  const signature = model.metaGraphs[0]?.signatureDef[SIGNATURE];
  const ends = endsOfPart(part);
  const [input, output] = [signature?.inputs[ends.input]?.name, signature?.outputs[ends.output]?.name];
  if (!input || !output)
    throw new Error(`The SavedModel has no signature ${SIGNATURE} from ${ends.input} to ${ends.output}.`);
  return { input, output };
}
