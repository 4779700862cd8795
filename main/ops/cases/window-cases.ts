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

const bias = (length: number, i: number) => (i % 2 === 0 ? [{ shape: [length] }] : []);

// With 8 channels and more, and with one beside so many, the ONNX nodes are others.
const convolutions = [
  ...geometries('convolution', 30),
  ...geometries('wide convolution', 24, 8, 8),
  ...geometries('widening convolution', 24, 1, 8).map((geometry) => ({ ...geometry, channels: 1 })),
];
const conv2d = convolutions.map((geometry, i): OpCase => {
  const { batch, size, window, stride, pads, channels, filters } = geometry;
  return {
    inputs: [
      { shape: [batch, ...size, channels] },
      { shape: [window, window, channels, filters] },
      ...bias(filters, i),
    ],
    attributes: { stride, pads },
  };
});
const conv2dInputGradient = convolutions.map((geometry, i): OpCase => {
  const { batch, size, window, stride, pads, channels, filters } = geometry;
  return {
    inputs: [
      { shape: [batch, ...outputSize(geometry), filters] },
      { shape: [window, window, channels, filters] },
      ...bias(channels, i),
    ],
    attributes: { stride, pads, size },
  };
});
const conv2dKernelGradient = convolutions.map((geometry): OpCase => {
  const { batch, size, window, stride, pads, channels, filters } = geometry;
  return {
    inputs: [{ shape: [batch, ...size, channels] }, { shape: [batch, ...outputSize(geometry), filters] }],
    attributes: { stride, pads, kernelSize: [window, window] },
  };
});

const pools = geometries('pool', 15);
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
];

export const windowCases: OpCases = {
  conv2d,
  conv2dInputGradient,
  conv2dKernelGradient,
  maxPool2d,
  upsampleNearest2d: resampling,
  sumPool2d: resampling,
};
