import type { Attributes, GraphBuilder } from '../ops/op';
import type { ProgramNode, Value } from '../ops/program';

const BINARY: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
};

/**
 * A cheaper value equal to this op's output, or null where the op itself must be built. Gradients of means come as
 * constants repeated over whole batches; reading the constant itself saves a pass over the batch.
 */
export function simpler(
  build: GraphBuilder,
  producer: (value: Value) => ProgramNode | undefined,
  op: string,
  inputs: readonly Value[],
  attributes: Attributes,
): Value | null {
  const [a, b] = inputs;
  if (!a) return null;
  if (op === 'reshape' || op === 'broadcastTo') {
    const { shape } = attributes;
    return typeof shape === 'object' && shape.join() === a.shape.join() ? a : null;
  }
  const apply = BINARY[op];
  if (!apply || !b) return null;

  const constantOf = (value: Value): number | null => {
    const node = producer(value);
    const values = node?.op === 'constant' && value.shape.length === 0 ? node.attributes.values : undefined;
    return typeof values === 'object' ? (values[0] ?? null) : null;
  };
  const [constantA, constantB] = [constantOf(a), constantOf(b)];
  if (constantA !== null && constantB !== null) return build.constant(apply(constantA, constantB));
  if (op === 'mul' && constantA === 1) return b;
  if (op === 'mul' && constantB === 1) return a;

  const scalarOf = (value: Value): Value => {
    const node = producer(value);
    const source = node?.op === 'broadcastTo' ? node.inputs[0] : undefined;
    return source && source.shape.length === 0 ? source : value;
  };
  const [scalarA, scalarB] = [scalarOf(a), scalarOf(b)];
  if (scalarA === a && scalarB === b) return null;
  const shape = a.shape.length > 0 ? a.shape : b.shape;
  // The result keeps its shape by itself where the other operand is whole; otherwise both were scalars.
  const isWhole = scalarA.shape.length > 0 || scalarB.shape.length > 0;
  const result = build.add(op, [scalarA, scalarB]);
  return isWhole ? result : build.add('broadcastTo', [result], { shape });
}
