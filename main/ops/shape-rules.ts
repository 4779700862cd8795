import { sameShape } from '../../shared/tensors/shape';
import type { GraphBuilder } from './op';
import type { Value } from './program';

/** The i-th input. @throws where the op was built with fewer. */
export function input(inputs: readonly Value[], index: number): Value {
  const value = inputs[index];
  if (!value) throw new Error(`Input ${index} is missing; ${inputs.length} came.`);
  return value;
}

/** @throws where a value has not this many axes. */
export function expectRank(value: Value, rank: number, what: string): void {
  if (value.shape.length !== rank) {
    throw new Error(`${what} must have ${rank} axes; its shape is [${value.shape}].`);
  }
}

/** @throws where two shapes differ. */
export function expectShape(actual: readonly number[], wanted: readonly number[], what: string): void {
  if (!sameShape(actual, wanted)) {
    throw new Error(`${what} must have the shape [${wanted}]; it has [${actual}].`);
  }
}

/** `[0, 1, … rank − 1]`. */
export function allAxes(rank: number): number[] {
  return Array.from({ length: rank }, (_, axis) => axis);
}

/** The gradient of an operand that was a scalar where the result is not: the sum; otherwise unchanged. */
export function sumToShape(build: GraphBuilder, gradient: Value, shape: readonly number[]): Value {
  if (shape.length === gradient.shape.length) return gradient;
  return build.add('reduceSum', [gradient], { axes: allAxes(gradient.shape.length) });
}
