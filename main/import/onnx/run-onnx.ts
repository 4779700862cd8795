import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { OnnxModel } from './read-onnx';

/** The types of input that can be given, by `TensorProto.DataType`. */
const GIVEN: ReadonlyMap<number, 'float32' | 'uint8' | 'float64'> = new Map([
  [1, 'float32'],
  [2, 'uint8'],
  [11, 'float64'],
]);

/**
 * An ONNX model in ONNX Runtime, given one sample after the other.
 *
 * @returns null where ONNX Runtime isn't here, or does not take the model: it may be of a later version
 */
export async function openOnnx(path: string, { ends, inputShape }: OnnxModel) {
  const type = GIVEN.get(ends.inputType);
  if (!type) return null;
  let session: InferenceSession;
  let TensorOf: typeof Tensor;
  let version: string;
  try {
    const runtime = await import('onnxruntime-node');
    TensorOf = runtime.Tensor;
    version = runtime.env.versions.node ?? runtime.env.versions.common;
    session = await runtime.InferenceSession.create(path, { intraOpNumThreads: 1, logSeverityLevel: 4 });
  } catch {
    return null;
  }
  const dims = [1, ...inputShape];
  const feed = (sample: Float64Array) =>
    type === 'uint8'
      ? new TensorOf('uint8', Uint8Array.from(sample), dims)
      : type === 'float64'
        ? new TensorOf('float64', sample, dims)
        : new TensorOf('float32', Float32Array.from(sample), dims);
  return {
    by: `ONNX Runtime ${version}`,
    async run(sample: Float64Array): Promise<Float64Array> {
      const outputs = await session.run({ [ends.input]: feed(sample) });
      const data = outputs[ends.output]?.data;
      return data instanceof Float32Array || data instanceof Float64Array
        ? Float64Array.from(data)
        : new Float64Array();
    },
    end: () => session.release(),
  };
}
