import { valueCount } from '../../../shared/tensors/shape';
import type { Program, ProgramNode, ProgramSet, StateSpec } from '../../ops/program';

/**
 * So many multiplications in a step's convolutions make up for one weight whose gradient is handed over: measured
 * on two cores, a million weights cost 3 ms a step, and 800 million such multiplications gain 8 ms.
 */
const MULTIPLICATIONS_A_WEIGHT = 300;

/**
 * Whether the batches of training are better divided among threads than left to ONNX Runtime's own threads. These
 * share out the products of dense layers as well, and there is nothing to hand over then; convolutions they share badly.
 */
export function paysToDivide({ programs, state }: ProgramSet): boolean {
  return programs.some((program) => {
    const weights = sum(program.updates, ({ state: name, kind }) =>
      kind === 'assign' ? 0 : sizeOf(state, name),
    );
    return weights > 0 && convolved(program) >= MULTIPLICATIONS_A_WEIGHT * weights;
  });
}

/** How many multiplications the convolutions of a Program are, those of its gradients among them. */
function convolved({ nodes }: Program): number {
  return sum(nodes, (node) => positions(node) * valueCount(kernelOf(node)));
}

/** How many places the kernel of a convolution, or of one of its gradients, is put to; 0 for other ops. */
function positions({ op, inputs, output }: ProgramNode): number {
  const small = { conv2d: output, conv2dInputGradient: inputs[0], conv2dKernelGradient: inputs[1] }[op];
  return small ? valueCount(small.shape.slice(0, 3)) : 0;
}

function kernelOf({ op, inputs, output }: ProgramNode): readonly number[] {
  return (op === 'conv2dKernelGradient' ? output : inputs[1])?.shape ?? [];
}

function sizeOf(state: readonly StateSpec[], name: string): number {
  return valueCount(state.find((spec) => spec.name === name)?.shape ?? [0]);
}

function sum<T>(list: readonly T[], of: (each: T) => number): number {
  return list.reduce((total, each) => total + of(each), 0);
}
