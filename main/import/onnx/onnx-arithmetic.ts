import { formatShape, valueCount } from '../../../shared/tensors/shape';
import type { ForeignLayer } from '../foreign-layer';
import { refused } from '../refusal';
import { type Order, permuted } from '../settle-order';
import { needed, type OnnxContext, type OnnxReader } from './onnx-reader';

/** Addition, or multiplication, of a number to all values, or of one to each channel. */
export function arithmetic(op: 'Add' | 'Sub' | 'Mul' | 'Div'): OnnxReader {
  return (context) => {
    const { builder, node, carrier } = context;
    const other = needed(context, carrier === 0 ? 1 : 0, 'numbers');
    if (carrier !== 0 && (op === 'Sub' || op === 'Div'))
      throw refused(node, 'it takes the values from, or divides, a constant');
    const scales = op === 'Mul' || op === 'Div';
    const of = (value: number) => (op === 'Sub' ? -value : op === 'Div' ? 1 / value : value);
    if (other.data.length === 1) {
      const value = of(other.data[0] ?? 0);
      if (!scales && tookBias(context, (channels) => new Float32Array(channels).fill(value))) return;
      builder.push(node, { kind: 'rescale', scale: scales ? value : 1, offset: scales ? 0 : value });
      return;
    }
    const rank = builder.shape.length;
    const dims = other.dims.length > rank ? other.dims.slice(-rank) : other.dims;
    const axis = dims.findIndex((length) => length !== 1) + rank - dims.length;
    const isOneAxis =
      valueCount(other.dims) === builder.shape[axis] &&
      other.dims.filter((length) => length !== 1).length === 1;
    if (!isOneAxis) throw refused(node, `it joins ${formatShape(builder.shape)} and ${other.dims.join('×')}`);
    const values = Float32Array.from(other.data, of);
    const work = () => affine(context, scales ? values : null, scales ? null : values);
    if (axis === rank - 1) work();
    else if (axis === 0) builder.channelsLast(node, work);
    else throw refused(node, `it changes each place along axis ${axis + 1} by itself`);
  };
}

/** x · scale + shift of each channel: a bias of the layer before where it has none, else a normalisation that is given. */
function affine(context: OnnxContext, scale: Float32Array | null, shift: Float32Array | null): void {
  const { builder, node } = context;
  const { layers } = builder;
  const { maker, at } = makerIn(layers);
  const channels = builder.shape.at(-1) ?? 1;
  const isNext = maker?.outputShape.at(-1) === channels && inOrder(layers.slice(at + 1));
  if (shift && isNext && tookBias(context, () => shift)) return;
  // Several in a row are one: γ · x + β.
  if (isNext && maker?.kind === 'batch-norm' && maker.type === SCALE_AND_SHIFT) {
    const gamma = maker.gamma.map((value, channel) => value * (scale?.[channel] ?? 1));
    const beta = maker.beta.map(
      (value, channel) => value * (scale?.[channel] ?? 1) + (shift?.[channel] ?? 0),
    );
    layers[at] = { ...maker, gamma, beta };
    return;
  }
  const zeros = new Float32Array(channels);
  const ones = zeros.map(() => 1);
  builder.push(
    { name: node.name, type: SCALE_AND_SHIFT },
    // Beside a variance of 1, the smallest ε there is counts for nothing.
    {
      kind: 'batch-norm',
      gamma: scale ?? ones,
      beta: shift ?? zeros,
      mean: zeros,
      variance: ones,
      epsilon: 1e-12,
      momentum: 0.99,
    },
  );
}

/** The last layer that does more than move values. */
function makerIn(layers: readonly ForeignLayer[]) {
  const at = layers.findLastIndex(({ kind }) => kind !== 'permute' && kind !== 'reshape' && kind !== 'crop');
  return { maker: layers[at], at };
}

/** Gives the layer before its bias, where it can have one and has none yet. */
function tookBias({ builder: { layers } }: OnnxContext, bias: (channels: number) => Float32Array): boolean {
  const { maker, at } = makerIn(layers);
  const takesBias = maker?.kind === 'dense' || maker?.kind === 'conv' || maker?.kind === 'conv-transpose';
  if (!takesBias || maker.bias !== null) return false;
  layers[at] = { ...maker, bias: bias(maker.outputShape.at(-1) ?? 1) };
  return true;
}

/** What a normalisation is called whose mean and variance an exporter worked into two numbers a channel. */
const SCALE_AND_SHIFT = 'scale and shift';

/** Whether these leave every value where it is: axes that are exchanged and exchanged back, and none of length 1 that come or go. */
export function inOrder(between: readonly ForeignLayer[]): boolean {
  let order: Order = null;
  for (const layer of between) {
    if (layer.kind === 'permute') order = permuted(order, layer.inputShape, layer.axes);
    // What is left keeps its channels where channels come last.
    if (layer.kind === 'crop' && order !== null) return false;
  }
  return order === null;
}
