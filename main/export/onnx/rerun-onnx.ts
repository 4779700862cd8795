import { env, Tensor as OrtTensor } from 'onnxruntime-node';
import { problem } from '../../../shared/errors/catalogue';
import { Cancelled, ProblemError } from '../../../shared/errors/problem';
import type { ExportPart } from '../../../shared/export/export-part';
import type { Tensor } from '../../execute/executor';
import { openNativeSession } from '../../execute/onnx/native-session';
import { numbersOf } from '../../execute/onnx/numbers';
import { threadCount } from '../../execute/thread-count';
import { endsOfPart } from '../ends';
import type { Rerun } from '../format';
import { joinedFloats } from '../joined-floats';

/** Runs a written ONNX file. @throws ProblemError where the runtime refuses it @throws Cancelled */
export async function rerunOnnx(
  path: string,
  part: ExportPart,
  batches: readonly Tensor[],
  signal: AbortSignal | undefined,
): Promise<Rerun> {
  const by = `ONNX Runtime ${env.versions.node ?? env.versions.common}`;
  const refused = (error: unknown) => {
    const [detail = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return new ProblemError(problem('EXPORT_UNREADABLE', { by, detail }));
  };
  const session = await openNativeSession(path, threadCount()).catch((error: unknown) => {
    throw refused(error);
  });
  try {
    const { input, output } = endsOfPart(part);
    const made: Float32Array[] = [];
    for (const { dtype, shape, data } of batches) {
      if (signal?.aborted) throw new Cancelled();
      const results = await session
        .run({ [input]: new OrtTensor(dtype, data, shape) })
        .catch((error: unknown) => {
          throw refused(error);
        });
      made.push(Float32Array.from(numbersOf(results[output])));
    }
    return { by, outputs: joinedFloats(made) };
  } finally {
    await session.release();
  }
}
