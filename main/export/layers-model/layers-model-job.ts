import { version_cpu } from '@tensorflow/tfjs-backend-cpu';
import { enableProdMode, io, ready, setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { loadLayersModel, version_layers } from '@tensorflow/tfjs-layers';
import type { Tensor as PlainTensor } from '../../execute/executor';
import type { Rerun } from '../format';
import { joinedFloats } from '../joined-floats';

/** A written LayersModel and what it is run on. */
export interface LayersModelJob {
  readonly topology: object;
  readonly specs: readonly { readonly name: string; readonly shape: number[]; readonly dtype: 'float32' }[];
  readonly weights: Uint8Array<ArrayBuffer>;
  readonly batches: readonly PlainTensor[];
}

/** Loads a LayersModel as web pages do and runs it, in plain JavaScript: the same everywhere, but slow. */
export async function performLayersModelJob({
  topology,
  specs,
  weights,
  batches,
}: LayersModelJob): Promise<Rerun> {
  // Its advice to install tfjs-node is not for us.
  enableProdMode();
  await setBackend('cpu');
  await ready();
  const { buffer, byteOffset, byteLength } = weights;
  const artifacts = io.fromMemory({
    modelTopology: topology,
    weightSpecs: specs.map((spec) => ({ ...spec })),
    weightData: buffer.slice(byteOffset, byteOffset + byteLength),
  });
  const model = await loadLayersModel(artifacts);
  const outputs: Float32Array[] = [];
  for (const { shape, data } of batches) {
    const given: Tensor = tensor(Float32Array.from(data), [...shape], 'float32');
    const made = model.predict(given);
    if (Array.isArray(made)) throw new Error('A model with one output gave out several.');
    outputs.push(Float32Array.from(await made.data()));
    given.dispose();
    made.dispose();
  }
  model.dispose();
  // Named, so that no bundler leaves the backend out.
  const by = `TensorFlow.js (tfjs-layers ${version_layers}, tfjs-backend-cpu ${version_cpu})`;
  return { by, outputs: joinedFloats(outputs) };
}
