import { refused } from '../refusal';
import type { OnnxConstant } from './onnx-constant';
import type { OnnxNode } from './onnx-node';

/** The most numbers that one node makes ahead; of shapes there are a few, of weights as many as a layer has. */
const MOST_NUMBERS = 2 ** 24;
/** Of a list of whole numbers. */
const LONGEST_LIST = 4_096;

type Numbers = Float32Array | Float64Array;

const whole = (inputs: readonly OnnxConstant[], values: readonly number[]): OnnxConstant => ({
  dims: inputs.length > 0 ? [values.length] : [],
  data: Float64Array.from(values),
});

/**
 * What a node gives of constants alone, as exporters leave it for shapes and normalisations; null where it isn't one of those
 * that are worked out.
 *
 * @throws ProblemError where what it would make is too much, or makes no sense
 */
export function foldConstants(node: OnnxNode, inputs: readonly (OnnxConstant | null)[]): OnnxConstant | null {
  const [a, b, c, d, e] = inputs;
  if (!a) return null;
  const elementwise = ELEMENTWISE[node.op];
  if (elementwise && b) return broadcast(node, a, b, elementwise);
  const each = UNARY[node.op];
  if (each) return { dims: a.dims, data: a.data.map(each) };
  switch (node.op) {
    case 'Identity':
      return a;
    case 'Cast':
      return {
        dims: a.dims,
        data: [1, 10, 11].includes(node.int('to', 1))
          ? Float32Array.from(a.data)
          : Float64Array.from(a.data, Math.trunc),
      };
    case 'Concat': {
      const parts = inputs.flatMap((input) => (input ? [input] : []));
      if (parts.length < inputs.length || parts.some(({ dims }) => dims.length > 1)) return null;
      const count = parts.reduce((sum, { data }) => sum + data.length, 0);
      if (count > LONGEST_LIST) throw refused(node, `it makes ${count} numbers`);
      return whole(
        parts,
        parts.flatMap(({ data }) => Array.from(data)),
      );
    }
    case 'Gather': {
      if (!b || node.int('axis', 0) !== 0 || a.dims.length !== 1 || b.data.length > LONGEST_LIST) return null;
      const picked = Float64Array.from(
        b.data,
        (index) => a.data[index < 0 ? index + a.data.length : index] ?? Number.NaN,
      );
      return { dims: b.dims, data: picked };
    }
    case 'Slice': {
      if (a.dims.length !== 1 || !b || !c) return null;
      if ((e?.data[0] ?? 1) !== 1 || (d?.data[0] ?? 0) !== 0) return null;
      const [from, to] = [b.data[0] ?? 0, c.data[0] ?? 0];
      return whole([a], Array.from(a.data).slice(from, to >= a.data.length ? undefined : to));
    }
    case 'Squeeze':
    case 'Unsqueeze':
    case 'Reshape':
    case 'Flatten':
      return { dims: rearranged(node, a, b), data: a.data };
    case 'Transpose':
      return transposed(node, a);
    case 'ConstantOfShape': {
      const count = Array.from(a.data).reduce((product, length) => product * length, 1);
      if (!(count <= LONGEST_LIST)) throw refused(node, `it makes ${count} numbers`);
      const value = node.tensor('value')?.data[0] ?? 0;
      return { dims: Array.from(a.data), data: new Float64Array(count).fill(value) };
    }
    default:
      return null;
  }
}

/** The parts of a list of numbers, one an output. */
export function splitConstant(node: OnnxNode, { dims, data }: OnnxConstant): OnnxConstant[] {
  const each = data.length / node.outputs.length;
  if (dims.length !== 1 || !Number.isInteger(each))
    throw refused(node, 'it splits what can’t be split evenly');
  return node.outputs.map((_, part) => ({ dims: [each], data: data.slice(part * each, (part + 1) * each) }));
}

const ELEMENTWISE: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Pow: (a, b) => a ** b,
  Max: Math.max,
  Min: Math.min,
  Mod: (a, b) => a - Math.floor(a / b) * b,
};

const UNARY: Readonly<Record<string, (a: number) => number>> = {
  Neg: (a) => -a,
  Sqrt: Math.sqrt,
  Reciprocal: (a) => 1 / a,
  Exp: Math.exp,
  Floor: Math.floor,
  Ceil: Math.ceil,
};

/** Of two tensors, as NumPy has it. */
function broadcast(
  node: OnnxNode,
  a: OnnxConstant,
  b: OnnxConstant,
  of: (a: number, b: number) => number,
): OnnxConstant {
  const rank = Math.max(a.dims.length, b.dims.length);
  const dims = Array.from({ length: rank }, (_, axis) => {
    const [one, other] = [a, b].map((each) => each.dims[axis - rank + each.dims.length] ?? 1);
    if (one === other || other === 1) return one ?? 1;
    if (one === 1) return other ?? 1;
    throw refused(node, `it joins ${a.dims.join('×')} and ${b.dims.join('×')}`);
  });
  const count = dims.reduce((product, length) => product * length, 1);
  if (count > MOST_NUMBERS) throw refused(node, `it makes ${count} numbers`);
  const isFloat = a.data instanceof Float32Array || b.data instanceof Float32Array;
  const data: Numbers = isFloat ? new Float32Array(count) : new Float64Array(count);
  const steps = [a, b].map((each) => stepsOf(each.dims, rank));
  for (let index = 0; index < count; index++) {
    let rest = index;
    let [left, right] = [0, 0];
    for (let axis = rank - 1; axis >= 0; axis--) {
      const length = dims[axis] ?? 1;
      const at = rest % length;
      rest = (rest - at) / length;
      left += at * (steps[0]?.[axis] ?? 0);
      right += at * (steps[1]?.[axis] ?? 0);
    }
    const value = of(a.data[left] ?? 0, b.data[right] ?? 0);
    data[index] = isFloat ? value : Math.trunc(value);
  }
  return { dims, data };
}

/** How far apart neighbours along each of `rank` axes lie; 0 where one value stands for all. */
function stepsOf(dims: readonly number[], rank: number): number[] {
  const own = dims.map((length, axis) =>
    length === 1 ? 0 : dims.slice(axis + 1).reduce((a, b) => a * b, 1),
  );
  return [...new Array<number>(rank - dims.length).fill(0), ...own];
}

function rearranged(
  node: OnnxNode,
  { dims, data }: OnnxConstant,
  second: OnnxConstant | null | undefined,
): number[] {
  const given = second ? Array.from(second.data.subarray(0, LONGEST_LIST)) : node.ints('axes');
  if (node.op === 'Reshape') return resolvedShape(node, given, dims);
  if (node.op === 'Flatten') {
    const axis = node.int('axis', 1);
    const first = dims.slice(0, axis).reduce((a, b) => a * b, 1);
    return [first, data.length / first];
  }
  return squeezed(node, dims, given);
}

/** The shape that a Reshape makes: 0 keeps a length, −1 takes what is left. @throws ProblemError where it can't be */
export function resolvedShape(node: OnnxNode, target: readonly number[], dims: readonly number[]): number[] {
  const zeroIsZero = node.int('allowzero', 0) === 1;
  const kept = target.map((length, axis) => (length === 0 && !zeroIsZero ? (dims[axis] ?? 1) : length));
  const known = kept.reduce((product, length) => (length === -1 ? product : product * length), 1);
  const count = dims.reduce((product, length) => product * length, 1);
  const shape = kept.map((length) => (length === -1 ? count / known : length));
  const isShape = shape.length <= 8 && shape.every((length) => Number.isInteger(length) && length >= 1);
  if (isShape && shape.reduce((a, b) => a * b, 1) === count) return shape;
  throw refused(node, `it can’t put ${dims.join('×')} into ${target.slice(0, 8).join('×')}`);
}

/** The lengths without, or with, axes of length 1. */
export function squeezed(node: OnnxNode, dims: readonly number[], axes: readonly number[]): number[] {
  if (node.op === 'Squeeze') {
    const wanted = new Set(axes.map((axis) => (axis < 0 ? axis + dims.length : axis)));
    return dims.filter((length, axis) => (axes.length > 0 ? !wanted.has(axis) : length !== 1));
  }
  const rank = dims.length + axes.length;
  if (rank > 8) throw refused(node, `it makes ${rank} axes`);
  const added = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)));
  const rest = [...dims];
  return Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (rest.shift() ?? 1)));
}

/** A tensor with its axes exchanged. */
export function transposed(
  node: OnnxNode,
  { dims, data }: OnnxConstant,
  axes = node.ints('perm'),
): OnnxConstant {
  const order = axes.length > 0 ? axes : dims.map((_, axis) => dims.length - 1 - axis);
  if (order.length !== dims.length || dims.some((_, axis) => !order.includes(axis))) {
    throw refused(node, `it exchanges the axes ${order.join(', ')} of ${dims.join('×')}`);
  }
  const steps = dims.map((_, axis) => dims.slice(axis + 1).reduce((a, b) => a * b, 1));
  const to = order.map((axis) => dims[axis] ?? 1);
  const moved = data.slice();
  for (let index = 0; index < moved.length; index++) {
    let [rest, from] = [index, 0];
    for (let axis = to.length - 1; axis >= 0; axis--) {
      const length = to[axis] ?? 1;
      from += (rest % length) * (steps[order[axis] ?? 0] ?? 0);
      rest = Math.floor(rest / length);
    }
    moved[index] = data[from] ?? 0;
  }
  return { dims: to, data: moved };
}
