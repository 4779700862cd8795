import type { Pads } from '../../../shared/blocks/layer-ops';
import { asPicture } from '../../../shared/blocks/spatial';
import { activated } from './torch-activations';
import { along, args, type OfKind, type TorchContext, type TorchStep, type TorchTensor } from './torch-step';

type AnyConvolution = OfKind<'conv'> | OfKind<'convTranspose'>;

/**
 * A kernel as PyTorch lays it: the window last. [k…, in / groups, out] → [out, in / groups, k…] of a convolution, and
 * [k…, out / groups, in] → [in, out / groups, k…] of a transposed one, which is the same exchange.
 */
function windowLast(shape: readonly number[], data: Float32Array): TorchTensor {
  const [inner = 1, outer = 1] = shape.slice(-2);
  const places = data.length / (inner * outer);
  const turned = new Float32Array(data.length);
  let at = 0;
  for (let last = 0; last < outer; last++) {
    for (let first = 0; first < inner; first++) {
      for (let place = 0; place < places; place++)
        turned[at++] = data[(place * inner + first) * outer + last]!;
    }
  }
  return { shape: [outer, inner, ...shape.slice(0, -2)], data: turned };
}

/** `F.pad(x, (left, right, top, bottom))` */
export function padded(axes: 1 | 2, x: string, { top, bottom, left, right }: Pads, value?: string): string {
  const margins = axes === 1 ? [left, right] : [left, right, top, bottom];
  return `F.pad(${args([x, `(${margins.join(', ')})`], { value })})`;
}

export function isEven({ top, bottom, left, right }: Pads): boolean {
  return top === bottom && left === right;
}

export function torchConvolution(step: OfKind<'conv'>, context: TorchContext): TorchStep {
  const {
    operation,
    inputs: [input],
    shape,
  } = step;
  const { axes, stride, pads, dilation, groups, kernel, bias, activation } = operation;
  const {
    name,
    read: [x = 'x'],
  } = context;
  const even = isEven(pads);
  const settings = {
    stride: stride > 1 ? stride : null,
    padding: even && pads.left + pads.top > 0 ? along(axes, pads.top, pads.left) : null,
    dilation: dilation > 1 ? dilation : null,
    groups: groups > 1 ? groups : null,
    bias: bias ? null : false,
  };
  const channels = [input?.shape.at(-1) ?? 1, shape.at(-1) ?? 1, kernel.shape[0] ?? 1];
  return {
    made: [`self.${name} = nn.Conv${axes}d(${args(channels, settings)})`],
    expression: activated(`self.${name}(${even ? x : padded(axes, x, pads)})`, activation),
    state: ownState(step, context),
  };
}

/** A transposed convolution; where its kernel is that of a layer of the same module, it uses that layer's. */
export function torchTransposed(step: OfKind<'convTranspose'>, context: TorchContext): TorchStep {
  const {
    operation,
    inputs: [input],
    shape,
  } = step;
  const { axes, stride, dilation, groups, kernel, bias, activation } = operation;
  const {
    name,
    read: [x = 'x'],
  } = context;
  const { padding, outputPadding, crop } = fitted(step);
  const settings = {
    stride: stride > 1 ? stride : null,
    padding,
    output_padding: outputPadding,
    groups: groups > 1 ? groups : null,
  };
  const dilated = { dilation: dilation > 1 ? dilation : null };
  const holder = context.holder(kernel.name);
  if (holder) {
    const own = bias ? `self.${name}_bias` : 'None';
    const call = args([x, `self.${holder}.weight`, own], { ...settings, ...dilated });
    return {
      made: bias ? [`self.${name}_bias = nn.Parameter(torch.zeros(${bias.shape[0]}))`] : [],
      expression: activated(`F.conv_transpose${axes}d(${call})${crop}`, activation),
      state: bias ? { [`${name}_bias`]: { shape: bias.shape, data: context.numbers(bias) } } : {},
      remark: `with the kernel of ${holder}`,
    };
  }
  const channels = [input?.shape.at(-1) ?? 1, shape.at(-1) ?? 1, kernel.shape[0] ?? 1];
  const made = args(channels, { ...settings, bias: bias ? null : false, ...dilated });
  return {
    made: [`self.${name} = nn.ConvTranspose${axes}d(${made})`],
    expression: activated(`self.${name}(${x})${crop}`, activation),
    state: ownState(step, context),
  };
}

function ownState({ operation: { kernel, bias } }: AnyConvolution, { name, numbers }: TorchContext) {
  const weight = windowLast(kernel.shape, numbers(kernel));
  const own = { [`${name}.weight`]: weight };
  return bias ? { ...own, [`${name}.bias`]: { shape: bias.shape, data: numbers(bias) } } : own;
}

/** The margins that bring the result to its size: `padding` takes as much from both ends, the rest is added or cut off at the end. */
function fitted({ operation, inputs: [input], shape }: OfKind<'convTranspose'>) {
  const { axes, stride, pads, dilation, kernel } = operation;
  const extent = ((kernel.shape[0] ?? 1) - 1) * dilation + 1;
  const [rows, columns] = asPicture(input?.shape ?? []);
  const [height, width] = asPicture(shape);
  const missing = (count: number, length: number, before: number) =>
    length - ((count - 1) * stride + extent - 2 * before);
  const tall = axes === 1 ? 0 : missing(rows, height, pads.top);
  const wide = missing(columns, width, pads.left);
  const cut = tall < 0 || wide < 0;
  const rowsCut = axes === 1 ? '' : tall < 0 ? `, :${height}` : ', :';
  return {
    padding: pads.top + pads.left > 0 ? along(axes, pads.top, pads.left) : null,
    outputPadding: tall > 0 || wide > 0 ? along(axes, Math.max(tall, 0), Math.max(wide, 0)) : null,
    crop: cut ? `[:, :${rowsCut}${wide < 0 ? `, :${width}` : axes === 2 ? '' : ', :'}]` : '',
  };
}
