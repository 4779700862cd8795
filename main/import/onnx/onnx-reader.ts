import { refused } from '../refusal';
import type { OnnxConstant } from './onnx-constant';
import type { OnnxContext } from './onnx-graph-walk';

/** Makes layers of a node. @throws ProblemError where no block could be what it does */
export type OnnxReader = (context: OnnxContext) => void;

/** A constant that a node can't do without. */
export function needed({ node, constant }: OnnxContext, index: number, what: string): OnnxConstant {
  const found = constant(index);
  if (found) return found;
  throw refused(node, `its ${what} are not in the file as numbers`);
}

export const float32 = (data: Float32Array | Float64Array): Float32Array =>
  data instanceof Float32Array ? data : Float32Array.from(data);
