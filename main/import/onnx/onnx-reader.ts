import type { ForeignBuilder } from '../foreign-builder';
import { refused } from '../refusal';
import type { OnnxConstant } from './onnx-constant';
import type { OnnxNode } from './onnx-node';

/** What a node sees of the model around it. */
export interface OnnxContext {
  readonly builder: ForeignBuilder;
  readonly node: OnnxNode;
  /** The constant that is its input of this number; null where it has none, or none that is known. */
  constant(index: number): OnnxConstant | null;
  /** The number of the input that carries the samples. */
  readonly carrier: number;
}

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
