import { uniforms } from '../../random/philox';
import type { OpCase, OpCases } from '../verify-op';

/** How windows cover a picture, by the rule that `windowsOf` follows; said again here, so that it is checked. */
interface Geometry {
  readonly batch: number;
  readonly size: readonly [number, number];
  readonly window: number;
  readonly stride: number;
  readonly pads: readonly [top: number, bottom: number, left: number, right: number];
  readonly channels: number;
  readonly filters: number;
  readonly groups?: number;
}

/** Sides from 1, even and odd windows, strides up to 3, with pads as for `same`, none, and uneven ones. */
function geometries(site: string, count: number, channels = 1, filters = 1): Geometry[] {
  return Array.from({ length: count }, (_, i) => {
    const rolls = uniforms(5, site, i, 12);
    const whole = (roll: number, from: number, to: number) =>
      from + Math.floor((rolls[roll] ?? 0) * (to - from + 1));
    const window = whole(0, 1, 4);
    const stride = whole(1, 1, 3);
    const size = [whole(2, 1, 9), whole(3, 1, 9)] as const;
    const pads = size.flatMap((length, axis) => padsOf(length, window, stride, i % 3, whole(4 + axis, 0, 1)));
    const [top = 0, bottom = 0, left = 0, right = 0] = pads;
    return {
      batch: whole(6, 1, 3),
      size: [Math.max(size[0], window - top - bottom), Math.max(size[1], window - left - right)],
      window,
      stride,
      pads: [top, bottom, left, right],
      channels: whole(7, channels, channels + 2),
      filters: whole(8, filters, filters + 2),
    };
  });
}

function padsOf(length: number, window: number, stride: number, kind: number, lean: number): number[] {
  if (kind === 0) return [0, 0];
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + window - length, 0);
  const before = Math.floor(total / 2);
  if (kind === 1) return [before, total - before];
  // Fewer than the window in all, so that every window covers something.
  return lean === 0 ? [0, window - 1] : [Math.floor((window - 1) / 2), Math.floor(window / 2)];
}

function outputSize({ size, window, stride, pads: [top, bottom, left, right] }: Geometry) {
  const count = (length: number, pads: number) => Math.floor((length + pads - window) / stride) + 1;
  return [count(size[0], top + bottom), count(size[1], left + right)];
}

/** From depthwise, with one filter a channel and more, to groups of several channels. */
function groupedGeometries(): Geometry[] {
  return geometries('grouped convolution', 24).map((geometry, i) => {
    const groups = 2 + (i % 4);
    const [each, filters] = [
      [1, 1],
      [1, 2],
      [2, 3],
      [3, 1],
    ][i % 4] ?? [1, 1];
    return { ...geometry, groups, channels: groups * (each ?? 1), filters: groups * (filters ?? 1) };
  });
}

/** The attributes of a convolution, and what a kernel takes in. */
function kernelOf({ window, channels, filters, groups = 1 }: Geometry): readonly number[] {
  return [window, window, channels / groups, filters];
}
function attributesOf({ stride, pads, groups }: Geometry) {
  return { stride, pads, ...(groups === undefined ? {} : { groups }) };
}

const bias = (length: number, i: number) => (i % 2 === 0 ? [{ shape: [length] }] : []);

// With 8 channels and more, and with one beside so many, the ONNX nodes are others.
const convolutions = [
  ...geometries('convolution', 30),
  ...geometries('wide convolution', 24, 8, 8),
  ...geometries('widening convolution', 24, 1, 8).map((geometry) => ({ ...geometry, channels: 1 })),
  ...groupedGeometries(),
];
const conv2d = convolutions.map((geometry, i): OpCase => {
  const { batch, size, channels, filters } = geometry;
  return {
    inputs: [{ shape: [batch, ...size, channels] }, { shape: kernelOf(geometry) }, ...bias(filters, i)],
    attributes: attributesOf(geometry),
  };
});
const conv2dInputGradient = convolutions.map((geometry, i): OpCase => {
  const { batch, size, channels, filters } = geometry;
  return {
    inputs: [
      { shape: [batch, ...outputSize(geometry), filters] },
      { shape: kernelOf(geometry) },
      ...bias(channels, i),
    ],
    attributes: { ...attributesOf(geometry), size },
  };
});
const conv2dKernelGradient = convolutions.map((geometry): OpCase => {
  const { batch, size, window, channels, filters } = geometry;
  return {
    inputs: [{ shape: [batch, ...size, channels] }, { shape: [batch, ...outputSize(geometry), filters] }],
    attributes: { ...attributesOf(geometry), kernelSize: [window, window] },
  };
});

/** Kernels whose elements lie apart, along both axes or one, with pads as for `same` and none. */
const dilated = (
  [
    { size: [9, 8], dilation: [2, 2], window: [3, 3], channels: 3, filters: 2 },
    { size: [7, 12], dilation: [2, 3], window: [3, 2], channels: 1, filters: 9 },
    { size: [1, 20], dilation: [1, 4], window: [1, 3], channels: 9, filters: 10 },
    { size: [10, 10], dilation: [3, 3], window: [3, 3], channels: 10, filters: 8 },
    { size: [3, 2], dilation: [2, 2], window: [2, 2], channels: 2, filters: 1 },
    { size: [9, 8], dilation: [2, 3], window: [3, 2], channels: 4, filters: 6, groups: 2 },
    { size: [9, 8], dilation: [2, 3], window: [3, 2], channels: 3, filters: 6, groups: 3 },
    { size: [1, 20], dilation: [1, 4], window: [1, 3], channels: 5, filters: 5, groups: 5 },
  ] as const
).flatMap((geometry) =>
  [true, false].flatMap((same) => {
    const reach = geometry.window.map((length, axis) => (length - 1) * (geometry.dilation[axis] ?? 1));
    const fits = reach.every((pads, axis) => same || pads < (geometry.size[axis] ?? 0));
    const pads = reach.flatMap((total) => (same ? [Math.floor(total / 2), Math.ceil(total / 2)] : [0, 0]));
    const output = geometry.size.map((length, axis) => (same ? length : length - (reach[axis] ?? 0)));
    return fits ? [{ ...geometry, pads, output }] : [];
  }),
);
const dilatedCases = dilated.map((geometry, i) => {
  const { size, dilation, window, channels, filters, pads, output } = geometry;
  const groups = 'groups' in geometry ? geometry.groups : 1;
  const attributes = { stride: 1, pads, dilation, ...(groups > 1 ? { groups } : {}) };
  const [x, y, kernel] = [
    [2, ...size, channels],
    [2, ...output, filters],
    [...window, channels / groups, filters],
  ];
  return {
    conv2d: { inputs: [{ shape: x }, { shape: kernel }, ...bias(filters, i)], attributes },
    conv2dInputGradient: {
      inputs: [{ shape: y }, { shape: kernel }, ...bias(channels, i)],
      attributes: { ...attributes, size },
    },
    conv2dKernelGradient: {
      inputs: [{ shape: x }, { shape: y }],
      attributes: { ...attributes, kernelSize: window },
    },
  };
});

/** Signals: pictures one pixel high, whose windows are, too; the stride is that of both axes. */
const signals = [
  { length: 12, window: 3, stride: 2, pads: [0, 0, 0, 1], output: 6, channels: 9, filters: 8 },
  { length: 7, window: 4, stride: 3, pads: [0, 0, 1, 2], output: 3, channels: 1, filters: 8 },
  { length: 9, window: 2, stride: 1, pads: [0, 0, 0, 0], output: 8, channels: 2, filters: 3 },
  { length: 11, window: 3, stride: 2, pads: [0, 0, 1, 1], output: 6, channels: 4, filters: 8, groups: 4 },
  { length: 7, window: 4, stride: 3, pads: [0, 0, 1, 2], output: 3, channels: 6, filters: 4, groups: 2 },
] as const;
const signalCases = signals.map((geometry) => {
  const { length, window, stride, pads, output, channels, filters } = geometry;
  const groups = 'groups' in geometry ? geometry.groups : 1;
  const pooled = { stride, pads };
  const attributes = { ...pooled, ...(groups > 1 ? { groups } : {}) };
  const [x, y, kernel] = [
    [2, 1, length, channels],
    [2, 1, output, filters],
    [1, window, channels / groups, filters],
  ];
  return {
    conv2d: { inputs: [{ shape: x }, { shape: kernel }], attributes },
    conv2dInputGradient: {
      inputs: [{ shape: y }, { shape: kernel }],
      attributes: { ...attributes, size: [1, length] },
    },
    conv2dKernelGradient: {
      inputs: [{ shape: x }, { shape: y }],
      attributes: { ...attributes, kernelSize: [1, window] },
    },
    maxPool2d: { inputs: [{ shape: x, distinct: true }], attributes: { ...pooled, size: [1, window] } },
    averagePool2d: { inputs: [{ shape: x }], attributes: { ...pooled, size: [1, window] } },
    averagePool2dGradient: {
      inputs: [{ shape: [2, 1, output, channels] }],
      attributes: { ...pooled, size: [1, window], length: [1, length] },
    },
  };
});

const pools = geometries('pool', 15);
// With the pads of “same”, or none.
const averages = geometries('average pool', 24).filter((_, i) => i % 3 < 2);
const averagePool2d = averages.map(
  ({ batch, size, window, stride, pads, channels }): OpCase => ({
    inputs: [{ shape: [batch, ...size, channels] }],
    attributes: { size: window, stride, pads },
  }),
);
const averagePool2dGradient = averages.map((geometry): OpCase => {
  const { batch, size, window, stride, pads, channels } = geometry;
  return {
    inputs: [{ shape: [batch, ...outputSize(geometry), channels] }],
    attributes: { size: window, stride, pads, length: size },
  };
});
const maxPool2d = pools.map(
  ({ batch, size, window, stride, pads, channels }): OpCase => ({
    inputs: [{ shape: [batch, ...size, channels], distinct: true }],
    attributes: { size: window, stride, pads },
  }),
);

const resampling: readonly OpCase[] = [
  { inputs: [{ shape: [2, 6, 4, 3] }], attributes: { factor: 2 } },
  { inputs: [{ shape: [1, 3, 9, 2] }], attributes: { factor: 3 } },
  { inputs: [{ shape: [2, 1, 1, 1] }], attributes: { factor: 1 } },
  { inputs: [{ shape: [2, 1, 6, 3] }], attributes: { factor: [1, 3] } },
];

/** From within a picture to well beyond its edges. */
const readAnew: readonly OpCase[] = [
  [2, 6, 4, 3],
  [3, 9, 7, 1],
  [2, 1, 8, 2],
  [1, 1, 1, 2],
].map((shape) => ({ inputs: [{ shape }, { shape: [shape[0] ?? 0, 6], from: -2, to: 2 }] }));

function of<K extends string>(op: K, cases: readonly Readonly<Record<K, OpCase>>[]): OpCase[] {
  return cases.map((each) => each[op]);
}

export const windowCases: OpCases = {
  conv2d: [...conv2d, ...of('conv2d', dilatedCases), ...of('conv2d', signalCases)],
  conv2dInputGradient: [
    ...conv2dInputGradient,
    ...of('conv2dInputGradient', dilatedCases),
    ...of('conv2dInputGradient', signalCases),
  ],
  conv2dKernelGradient: [
    ...conv2dKernelGradient,
    ...of('conv2dKernelGradient', dilatedCases),
    ...of('conv2dKernelGradient', signalCases),
  ],
  maxPool2d: [...maxPool2d, ...of('maxPool2d', signalCases)],
  averagePool2d: [...averagePool2d, ...of('averagePool2d', signalCases)],
  averagePool2dGradient: [...averagePool2dGradient, ...of('averagePool2dGradient', signalCases)],
  resample2d: readAnew,
  upsampleNearest2d: resampling,
  sumPool2d: resampling,
};
