import type { Operation, Step } from '../network/network';
import { literal } from '../python/python-text';
import { activated } from './torch-activations';
import { isEven, padded, torchConvolution, torchTransposed } from './torch-convolutions';
import { along, args, channelsFirst, type OfKind, type TorchContext, type TorchStep } from './torch-step';

type Rules = { readonly [K in Operation['kind']]: (step: OfKind<K>, context: TorchContext) => TorchStep };

/** What a step becomes in PyTorch. */
export function torchStep(step: Step, context: TorchContext): TorchStep {
  return ruleOf(step)(context);
}

function ruleOf<K extends Operation['kind']>(step: OfKind<K>): (context: TorchContext) => TorchStep {
  const rule: Rules[K] = rules[step.operation.kind as K];
  return (context) => rule(step, context);
}

const nothing = { made: [], state: {} } as const;
const plain = (expression: string): TorchStep => ({ ...nothing, expression });

const rules: Rules = {
  input: () => plain('x'),
  dense({ operation: { kernel, transposed, bias, activation }, inputs: [input], shape }, context) {
    const {
      name,
      read: [x = 'x'],
      numbers,
      holder,
    } = context;
    const own = bias ? { shape: bias.shape, data: numbers(bias) } : null;
    const shares = transposed ? holder(kernel.name) : null;
    if (shares) {
      const call = args([x, `self.${shares}.weight.t()`, ...(own ? [`self.${name}_bias`] : [])]);
      return {
        made: own ? [`self.${name}_bias = nn.Parameter(torch.zeros(${shape[0]}))`] : [],
        expression: activated(`F.linear(${call})`, activation),
        state: own ? { [`${name}_bias`]: own } : {},
        remark: `with the kernel of ${shares}`,
      };
    }
    const data = numbers(kernel);
    const [rows = 1, columns = 1] = kernel.shape;
    const weight = transposed
      ? { shape: kernel.shape, data }
      : { shape: [columns, rows], data: exchanged(data, columns) };
    const made = args([input?.shape[0] ?? 1, shape[0] ?? 1], { bias: own ? null : false });
    return {
      made: [`self.${name} = nn.Linear(${made})`],
      expression: activated(`self.${name}(${x})`, activation),
      state: { [`${name}.weight`]: weight, ...(own ? { [`${name}.bias`]: own } : {}) },
    };
  },
  conv: torchConvolution,
  convTranspose: torchTransposed,
  pool({ operation: { keeps, axes, size, stride, pads } }, { read: [x = 'x'] }) {
    const sizes = along(axes, size[0], size[1]);
    const isZero = pads.top + pads.bottom + pads.left + pads.right === 0;
    // PyTorch pads by half a window at most.
    const isNear = pads.top <= size[0] / 2 && pads.left <= size[1] / 2;
    const padding = isZero ? null : along(axes, pads.top, pads.left);
    const strides = stride === size[1] && (axes === 1 || size[0] === size[1]) ? null : stride;
    const own = isZero || (isEven(pads) && isNear);
    if (keeps === 'max') {
      const from = own ? x : padded(axes, x, pads, 'float("-inf")');
      const call = args([from, sizes], { stride: strides, padding: own ? padding : null });
      return plain(`F.max_pool${axes}d(${call})`);
    }
    if (own) {
      const call = { stride: strides, padding, count_include_pad: isZero ? null : false };
      return plain(`F.avg_pool${axes}d(${args([x, sizes], call)})`);
    }
    const margins = axes === 1 ? [pads.left, pads.right] : [pads.left, pads.right, pads.top, pads.bottom];
    const call = args([`F.avg_pool${axes}d`, x, sizes, stride, `(${margins.join(', ')})`]);
    return { ...plain(`average_pool(${call})`), uses: ['average_pool'] };
  },
  upsample({ operation: { axes, factor, method } }, { read: [x = 'x'] }) {
    const mode = method === 'nearest' ? null : literal(method);
    return plain(`F.interpolate(${args([x], { scale_factor: along(axes, factor[0], factor[1]), mode })})`);
  },
  batchNorm({ operation: { epsilon, momentum, weights }, shape }, { name, read: [x = 'x'], numbers }) {
    const axes = shape.length === 3 ? 2 : 1;
    const settings = { eps: epsilon, momentum: Number((1 - momentum).toPrecision(12)) };
    const of = (use: (typeof weights)['gamma']) => ({ shape: use.shape, data: numbers(use) });
    return {
      made: [`self.${name} = nn.BatchNorm${axes}d(${args([shape.at(-1) ?? 1], settings)})`],
      expression: `self.${name}(${x})`,
      state: {
        [`${name}.weight`]: of(weights.gamma),
        [`${name}.bias`]: of(weights.beta),
        [`${name}.running_mean`]: of(weights.mean),
        [`${name}.running_var`]: of(weights.variance),
      },
    };
  },
  layerNorm({ operation: { epsilon, weights }, shape }, { name, read: [x = 'x'], numbers }) {
    const call =
      shape.length === 1 ? `self.${name}(${x})` : `self.${name}(${channelsLast(x)}).movedim(-1, 1)`;
    return {
      made: [`self.${name} = nn.LayerNorm(${args([shape.at(-1) ?? 1], { eps: epsilon })})`],
      expression: call,
      state: {
        [`${name}.weight`]: { shape: weights.gamma.shape, data: numbers(weights.gamma) },
        [`${name}.bias`]: { shape: weights.beta.shape, data: numbers(weights.beta) },
      },
    };
  },
  dropout: ({ operation: { rate, wholeChannels } }, { name, read: [x = 'x'] }) => ({
    made: [`self.${name} = nn.Dropout${wholeChannels ? '2d' : ''}(${rate})`],
    expression: `self.${name}(${x})`,
    state: {},
  }),
  noise: ({ operation: { deviation } }, { read: [x = 'x'] }) =>
    plain(`${x} + ${deviation} * torch.randn_like(${x}) if self.training else ${x}`),
  activation: ({ operation: { activation } }, { read: [x = 'x'] }) => plain(activated(x, activation)),
  add: (_, { read }) => plain(read.join(' + ')),
  concat: ({ operation: { axis }, shape }, { read }) =>
    plain(`torch.cat([${read.join(', ')}], dim=${dimOf(axis, shape.length)})`),
  slice({ operation: { begin }, inputs: [input], shape }, { read: [x = 'x'] }) {
    const [from, starts, lengths] = [input?.shape ?? [], begin, shape].map(channelsFirst);
    const ranges = (lengths ?? []).map((length, axis) => {
      const start = starts?.[axis] ?? 0;
      return length === from?.[axis] ? ':' : `${start === 0 ? '' : start}:${start + length}`;
    });
    while (ranges.at(-1) === ':') ranges.pop();
    return plain(`${x}[${[':', ...ranges].join(', ')}]`);
  },
  reshape({ inputs: [input], shape }, { read: [x = 'x'] }) {
    const from = input?.shape ?? [];
    const flat = from.length === 1 ? x : `${from.at(-1) === 1 ? x : channelsLast(x)}.flatten(1)`;
    if (shape.length === 1) return plain(flat);
    const apart = shape.at(-1) === 1 ? channelsFirst(shape) : shape;
    return plain(`${flat}.unflatten(1, ${literal(apart)})${shape.at(-1) === 1 ? '' : '.movedim(-1, 1)'}`);
  },
  mix({ operation: { axis, matrix }, inputs: [input], shape }, { name, read: [x = 'x'] }) {
    const sizes = [input?.shape[axis] ?? 1, shape[axis] ?? 1];
    const isLast = axis === shape.length - 2;
    const buffer = `self.${name}_matrix`;
    return {
      made: [`self.register_buffer("${name}_matrix", torch.zeros(${sizes.join(', ')}))`],
      expression: isLast ? `${x} @ ${buffer}` : `${buffer}.t() @ ${x}`,
      state: { [`${name}_matrix`]: { shape: sizes, data: Float32Array.from(matrix) } },
    };
  },
  joinGroups: ({ operation: { parts, groups } }, { read: [x = 'x'] }) =>
    plain(`${x}.unflatten(1, (${parts}, ${groups}, -1)).transpose(1, 2).flatten(1, 3)`),
  scale: ({ operation, shape }, context) => scaling(operation, shape.length, context, '-'),
  unscale: ({ operation, shape }, context) => scaling(operation, shape.length, context, '+'),
  grey({ operation: { weights } }, { read: [x = 'x'] }) {
    return plain(weights.map((weight, at) => `${weight} * ${x}[:, ${at}:${at + 1}]`).join(' + '));
  },
  lightness: (_, { read: [x = 'x'] }) => ({ ...plain(`lightness_of(${x})`), uses: ['lab'] }),
  colours: (_, { read }) => ({ ...plain(`colours_of(${read.join(', ')})`), uses: ['lab'] }),
};

/** (x − offset) · factor, or x / factor + offset; lists of numbers are buffers. */
function scaling(
  { offset, factor }: Extract<Operation, { readonly kind: 'scale' | 'unscale' }>,
  rank: number,
  { name, read: [x = 'x'] }: TorchContext,
  sign: '-' | '+',
): TorchStep {
  const [one = 1, ...others] = factor;
  const [zero = 0] = offset;
  if (others.length === 0) {
    const from = sign === '-' ? `${x}.float()` : x;
    const whole = Math.round(1 / one);
    const by =
      1 / whole === one ? { '-': `/ ${whole}`, '+': `* ${whole}` } : { '-': `* ${one}`, '+': `/ ${one}` };
    if (zero === 0) return plain(`${from} ${by[sign]}`);
    const away = zero < 0 ? { '-': `+ ${-zero}`, '+': `- ${-zero}` } : { '-': `- ${zero}`, '+': `+ ${zero}` };
    return plain(sign === '-' ? `(${from} ${away[sign]}) ${by[sign]}` : `${from} ${by[sign]} ${away[sign]}`);
  }
  if (rank !== 1) throw new Error('Values are scaled one by one of vectors alone.');
  const own = { offset: Float32Array.from(offset), factor: Float32Array.from(factor) };
  const [moved, scaled] = [`self.${name}_offset`, `self.${name}_factor`];
  return {
    made: Object.entries(own).map(
      ([kind, data]) => `self.register_buffer("${name}_${kind}", torch.zeros(${data.length}))`,
    ),
    expression: sign === '-' ? `(${x}.float() - ${moved}) * ${scaled}` : `${x} / ${scaled} + ${moved}`,
    state: Object.fromEntries(
      Object.entries(own).map(([kind, data]) => [`${name}_${kind}`, { shape: [data.length], data }]),
    ),
  };
}

function channelsLast(x: string): string {
  return `${x}.movedim(1, -1)`;
}

/** Where an axis of a sample, channels last, lies in a batch with the channels first. */
function dimOf(axis: number, rank: number): number {
  return axis === rank - 1 ? 1 : axis + 2;
}

/** A matrix the other way round. @param columns of the matrix as it is */
function exchanged(data: Float32Array, columns: number): Float32Array {
  const rows = data.length / columns;
  return data.map((_, at) => data[(at % rows) * columns + Math.floor(at / rows)]!);
}
