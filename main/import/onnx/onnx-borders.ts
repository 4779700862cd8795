import { formatShape } from '../../../shared/tensors/shape';
import { refused } from '../refusal';
import { needed, type OnnxContext } from './onnx-reader';

/** Zeros around what comes in. */
export function pad(context: OnnxContext): void {
  const { builder, node } = context;
  const mode = node.text('mode', 'constant');
  if (mode !== 'constant') throw refused(node, `it continues the border (${mode})`);
  if ((context.constant(2)?.data[0] ?? node.float('value', 0)) !== 0)
    throw refused(node, 'it pads with another number than 0');
  const rank = builder.shape.length + 1;
  const given = node.has('pads') ? node.ints('pads') : Array.from(needed(context, 1, 'pads').data);
  const named = context.constant(3);
  const axes = named
    ? Array.from(named.data, (axis) => (axis < 0 ? axis + rank : axis))
    : Array.from({ length: rank }, (_, axis) => axis);
  const [before, after] = [new Array<number>(rank).fill(0), new Array<number>(rank).fill(0)];
  for (const [index, axis] of checkedAxes(context, axes).entries()) {
    before[axis] = given[index] ?? 0;
    after[axis] = given[index + axes.length] ?? 0;
  }
  bordered(context, before, after);
}

/** A part of what comes in. */
export function slice(context: OnnxContext): void {
  const { builder, node } = context;
  const rank = builder.shape.length + 1;
  const whole = [1, ...builder.shape];
  const numbers = (index: number, name: string) =>
    node.has(name) ? node.ints(name) : Array.from(context.constant(index)?.data ?? []);
  const [starts, ends] = [numbers(1, 'starts'), numbers(2, 'ends')];
  const [axes, steps] = [numbers(3, 'axes'), numbers(4, 'steps')];
  if (starts.length === 0 || starts.length !== ends.length)
    throw refused(node, 'what it cuts off is not in the file as numbers');
  if (steps.some((step) => step !== 1)) throw refused(node, 'it takes every few values only');
  const [before, after] = [new Array<number>(rank).fill(0), new Array<number>(rank).fill(0)];
  const named = starts.map((_, index) => axes[index] ?? index);
  const cut = checkedAxes(
    context,
    named.map((axis) => (axis < 0 ? axis + rank : axis)),
  );
  for (const [index, start] of starts.entries()) {
    const axis = cut[index] ?? 0;
    const length = whole[axis] ?? 1;
    const place = (at: number) => Math.min(Math.max(at < 0 ? at + length : at, 0), length);
    before[axis] = -place(start);
    after[axis] = place(ends[index] ?? length) - length;
  }
  bordered(context, before, after);
}

/** @throws ProblemError where an axis is none of those there are */
function checkedAxes({ builder, node }: OnnxContext, axes: readonly number[]): readonly number[] {
  const isAxis = (axis: number) => Number.isInteger(axis) && axis >= 0 && axis <= builder.shape.length;
  if (axes.length <= builder.shape.length + 1 && axes.every(isAxis)) return axes;
  throw refused(node, `it changes axes that ${formatShape(builder.shape)} does not have`);
}

/** Adds to (above 0) or cuts off (below 0) the ends of each axis, the samples' among them. */
function bordered({ builder, node }: OnnxContext, before: readonly number[], after: readonly number[]): void {
  const ends = [...before, ...after];
  if (ends.every((length) => length === 0)) return;
  const kind = ends.every((length) => length >= 0) ? 'pad' : 'crop';
  if (kind === 'crop' && ends.some((length) => length > 0))
    throw refused(node, 'it adds zeros and cuts off at once');
  const own = { before: before.slice(1).map(Math.abs), after: after.slice(1).map(Math.abs) };
  const isEven = (axis: number) => own.before[axis] === 0 && own.after[axis] === 0;
  const last = builder.shape.length - 1;
  if (before[0] !== 0 || after[0] !== 0 || last < 1)
    throw refused(node, `it changes the ends of ${formatShape(builder.shape)}`);
  const work = (from: number, to: number) => {
    const [first, second] = [own.before.slice(from, to), own.after.slice(from, to)];
    const sign = kind === 'pad' ? 1 : -1;
    const shape = builder.shape.map(
      (length, axis) => length + sign * ((first[axis] ?? 0) + (second[axis] ?? 0)),
    );
    builder.push(node, { kind, before: first, after: second }, shape);
  };
  if (isEven(0)) builder.channelsLast(node, () => work(1, last + 1));
  else if (isEven(last)) work(0, last);
  else throw refused(node, 'it changes how many channels there are');
}
