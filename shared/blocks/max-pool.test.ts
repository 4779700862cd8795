import { describe, expect, it } from 'vitest';
import type { LayerOps } from './layer-ops';
import { maxPool } from './max-pool';
import { verifyBlock } from './verify-block';

const none = { encoderWeights: {}, mirrorWeights: {} };

verifyBlock(maxPool, [
  { name: 'even', input: [28, 28, 3], output: [14, 14, 3], ...none },
  { name: 'odd', input: [7, 5, 1], output: [4, 3, 1], ...none },
  { name: 'a single pixel', input: [1, 1, 1], output: [1, 1, 1], ...none },
  { name: 'overlapping', params: { size: 3 }, input: [8, 7, 2], output: [4, 4, 2], ...none },
  {
    name: 'overlapping at stride 1',
    params: { size: 5, stride: 1, padding: 'valid' },
    input: [9, 5, 1],
    output: [5, 1, 1],
    ...none,
  },
  { name: 'with gaps', params: { size: 1, stride: 3 }, input: [7, 10, 1], output: [3, 4, 1], ...none },
  {
    name: 'valid, rows left over',
    params: { padding: 'valid' },
    input: [7, 9, 1],
    output: [3, 4, 1],
    ...none,
  },
]);

it('says that a window does not fit, on the size', () => {
  const params = { size: 4, stride: 2, padding: 'valid', upsampling: 'nearest' } as const;
  expect(maxPool.problems(params, [9, 3, 1], 'max-pool-1')).toMatchObject([
    { code: 'KERNEL_TOO_LARGE', where: { nodeId: 'max-pool-1', param: 'size' } },
  ]);
});

type Picture = readonly (readonly number[])[];

const unused = (): never => {
  throw new Error('a pool does not need this op');
};

/** Runs the mirror on numbers, one channel, so that the test sees which window each pixel repeats. */
class PixelOps implements LayerOps<Picture> {
  readonly training = false;
  readonly weight = unused;
  readonly matmul = unused;
  readonly matmulTransposed = unused;
  readonly add = unused;
  readonly mul = unused;
  readonly affine = unused;
  readonly scaleChannels = unused;
  readonly channelMeans = unused;
  readonly placeMeans = unused;
  readonly inverseRoot = unused;
  readonly assign = unused;
  readonly exp = unused;
  readonly clip = unused;
  readonly atLeast = unused;
  readonly constant = unused;
  readonly repeat = unused;
  readonly biasAdd = unused;
  readonly conv2d = unused;
  readonly conv2dTranspose = unused;
  readonly maxPool2d = unused;
  readonly joinGroups = unused;
  readonly averagePool2d = unused;
  readonly reshape = unused;
  readonly activate = unused;
  readonly random = unused;
  readonly keep = unused;
  alongAxis(x: Picture, axis: number, matrix: readonly number[]) {
    const rows = axis === 0 ? x : (x[0] ?? []).map((_, at) => x.map((row) => row[at] ?? 0));
    const columns = matrix.length / rows.length;
    const mixed = Array.from({ length: columns }, (_, to) =>
      (rows[0] ?? []).map((_, at) =>
        rows.reduce((sum, row, from) => sum + (row[at] ?? 0) * (matrix[from * columns + to] ?? 0), 0),
      ),
    );
    return axis === 0 ? mixed : (mixed[0] ?? []).map((_, at) => mixed.map((row) => row[at] ?? 0));
  }
  shapeOf(x: Picture) {
    return [x.length, x[0]?.length ?? 0, 1];
  }
  upsampleNearest2d(x: Picture, [down, across]: readonly [number, number]) {
    const times = (count: number) => Array.from({ length: count });
    return x.flatMap((row) => times(down).map(() => row.flatMap((value) => times(across).map(() => value))));
  }
  slice(x: Picture, [top = 0, left = 0]: readonly number[], [rows = 0, columns = 0]: readonly number[]) {
    return x.slice(top, top + rows).map((row) => row.slice(left, left + columns));
  }
  concat(parts: readonly Picture[], axis: number) {
    if (axis === 0) return parts.flat();
    return (parts[0] ?? []).map((_, row) => parts.flatMap((part) => part[row] ?? []));
  }
}

describe('the mirror of a pool', () => {
  const mirrored = (
    length: number,
    size: number,
    stride: number,
    padding: 'same' | 'valid',
    upsampling: 'nearest' | 'bilinear' = 'nearest',
  ) => {
    const params = { size, stride, padding, upsampling };
    const [, count = 0] = maxPool.outputShape(params, [length, length, 1]);
    const numbers = Array.from({ length: count }, (_, index) => index);
    const small: Picture = numbers.map(() => numbers);
    const layer = { params, inputShape: [count, count, 1], outputShape: [length, length, 1] };
    const rows = maxPool.mirror?.lower(new PixelOps(), small, layer) ?? [];
    expect(rows).toHaveLength(length);
    return upsampling === 'nearest' ? rows[0]?.join('') : rows[0]?.map((value) => Number(value.toFixed(3)));
  };

  it('lays each value over the pixels it was pooled from', () => {
    expect(mirrored(8, 2, 2, 'same')).toBe('00112233');
    expect(mirrored(7, 2, 2, 'same')).toBe('0011223');
  });
  it('crops in front where the pads are in front', () => {
    // Windows −1…1, 1…3, 3…5, 5…7 are centred on 0, 2, 4 and 6.
    expect(mirrored(7, 3, 2, 'same')).toBe('0112233');
  });
  it('repeats the edge where a valid pool dropped the last row', () => {
    expect(mirrored(7, 2, 2, 'valid')).toBe('0011222');
  });
  it('centres overlapping windows', () => {
    expect(mirrored(5, 3, 1, 'valid')).toBe('00122');
    expect(mirrored(6, 3, 1, 'same')).toBe('012345');
  });
  it('draws lines between the centres of the windows, level beyond the outermost', () => {
    // The centres of windows of 2 lie at 0.5, 2.5 and 4.5.
    expect(mirrored(6, 2, 2, 'same', 'bilinear')).toEqual([0, 0.25, 0.75, 1.25, 1.75, 2]);
    expect(mirrored(7, 2, 2, 'valid', 'bilinear')).toEqual([0, 0.25, 0.75, 1.25, 1.75, 2, 2]);
    // Padded in front: at 0, 2, 4 and 6.
    expect(mirrored(7, 3, 2, 'same', 'bilinear')).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3]);
    expect(mirrored(5, 1, 1, 'same', 'bilinear')).toEqual([0, 1, 2, 3, 4]);
  });
  it('centres windows with gaps between them', () => {
    expect(mirrored(7, 1, 3, 'same')).toBe('0011122');
  });
});
