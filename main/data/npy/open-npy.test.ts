import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cancelled, ProblemError } from '../../../shared/errors/problem';
import { npyBytes, problemOf, temporaryFolder, write } from '../test-files';
import { openNpy } from './open-npy';

const folder = await temporaryFolder();
let files = 0;

async function open(bytes: Uint8Array, limits = {}, series = false) {
  files += 1;
  return openNpy(await write(folder, `array-${files}.npy`, bytes), series, { limits });
}

/** `count` values written one after the other. */
function body(
  count: number,
  bytes: number,
  put: (view: DataView, offset: number, index: number) => void,
): Buffer {
  const buffer = Buffer.alloc(count * bytes);
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  for (let index = 0; index < count; index++) put(view, index * bytes, index);
  return buffer;
}

/** Two rows of three in each type, and what they are read as. */
const numbers = [0, 1, 2, 3, 4, 5];
const types: readonly [
  descr: string,
  bytes: number,
  values: readonly number[],
  put: (view: DataView, at: number, value: number, little: boolean) => void,
][] = [
  ['i1', 1, [-128, -1, 0, 1, 2, 127], (view, at, value) => view.setInt8(at, value)],
  ['i2', 2, [-32768, -1, 0, 1, 258, 32767], (view, at, value, little) => view.setInt16(at, value, little)],
  ['u2', 2, [0, 1, 2, 255, 256, 65535], (view, at, value, little) => view.setUint16(at, value, little)],
  [
    'i4',
    4,
    [-(2 ** 31), -1, 0, 1, 66051, 2 ** 30],
    (view, at, value, little) => view.setInt32(at, value, little),
  ],
  [
    'u4',
    4,
    [0, 1, 2, 66051, 2 ** 31, 2 ** 30],
    (view, at, value, little) => view.setUint32(at, value, little),
  ],
  [
    'i8',
    8,
    [-(2 ** 40), -1, 0, 1, 2 ** 33, 66051],
    (view, at, value, little) => view.setBigInt64(at, BigInt(value), little),
  ],
  [
    'u8',
    8,
    [0, 1, 2, 2 ** 63, 2 ** 33, 66051],
    (view, at, value, little) => view.setBigUint64(at, BigInt(value), little),
  ],
  ['f4', 4, [0, 0.5, -1.25, 3e20, 1e-20, 7], (view, at, value, little) => view.setFloat32(at, value, little)],
  ['f8', 8, [0, 0.5, -1.25, 3e20, 0.1, 7], (view, at, value, little) => view.setFloat64(at, value, little)],
];

describe('openNpy', () => {
  it.each(types.flatMap(([code, ...rest]) => ['<', '>'].map((order) => [order + code, ...rest] as const)))(
    'reads %s in either byte order',
    async (descr, bytes, values, put) => {
      const little = descr.startsWith('<');
      const data = body(6, bytes, (view, at, index) => put(view, at, values[index] ?? 0, little));
      const { train, range } = await open(npyBytes(descr, '(2, 3)', data));
      expect(train).toMatchObject({ dtype: 'float32', count: 2, shape: [3], labels: null });
      expect([...train.values]).toEqual([...Float32Array.from(values)]);
      expect(range).toEqual([Math.min(...train.values), Math.max(...train.values)]);
    },
  );

  it('takes samples for signals where it is told to', async () => {
    const bytes = Buffer.from(Array.from({ length: 12 }, (_, i) => i));
    const shapeOf = async (shape: string, series: boolean) =>
      (await open(npyBytes('|u1', shape, bytes), {}, series)).train.shape;
    expect(await shapeOf('(2, 6)', true)).toEqual([6, 1]);
    expect(await shapeOf('(2, 3, 2)', true)).toEqual([3, 2]);
    expect(await shapeOf('(2, 3, 2)', false)).toEqual([3, 2, 1]);
    expect(await shapeOf('(1, 3, 2, 2)', true)).toEqual([3, 2, 2]);
  });

  it('keeps uint8, and reads bool as 0 and 255', async () => {
    const bytes = await open(npyBytes('|u1', '(2, 3)', Buffer.from([0, 1, 2, 250, 4, 5])));
    expect(bytes.train).toMatchObject({ dtype: 'uint8', values: Uint8Array.of(0, 1, 2, 250, 4, 5) });
    expect(bytes.range).toEqual([0, 250 / 255]);
    const flags = await open(npyBytes('|b1', '(2, 3)', Buffer.from([0, 1, 0, 1, 1, 0])));
    expect(flags.train.values).toEqual(Uint8Array.of(0, 255, 0, 255, 255, 0));
  });

  it('reads halves, subnormal ones too', async () => {
    // 1, −2, 65504 (the largest), 2⁻²⁴ (the smallest), 1/3 rounded, 0
    const halves = [0x3c00, 0xc000, 0x7bff, 0x0001, 0x3555, 0x0000];
    const data = body(6, 2, (view, at, index) => view.setUint16(at, halves[index] ?? 0, true));
    const { train } = await open(npyBytes('<f2', '(6, 1)', data));
    expect([...train.values]).toEqual([1, -2, 65504, 2 ** -24, 0.333251953125, 0]);
  });

  it.each([1, 2, 3])('reads header version %i', async (version) => {
    const { train } = await open(npyBytes('|u1', '(2, 3)', Buffer.from(numbers), { version }));
    expect([...train.values]).toEqual(numbers);
  });

  it.each([
    ['(2, 3)', [3]],
    ['(2, 3, 1)', [3, 1, 1]],
    ['(1, 2, 3)', [2, 3, 1]],
    ['(1, 1, 2, 3)', [1, 2, 3]],
    ['(2L, 3L)', [3]],
  ])('reads the shape %s as samples of %j', async (shape, expected) => {
    const { train } = await open(npyBytes('|u1', shape, Buffer.from(numbers)));
    expect(train.shape).toEqual(expected);
  });

  it('turns Fortran order into row order', async () => {
    const { train, notes } = await open(
      npyBytes('|u1', '(2, 3)', Buffer.from([0, 3, 1, 4, 2, 5]), { fortran: true }),
    );
    expect([...train.values]).toEqual(numbers);
    expect(notes.join()).toContain('Fortran');
  });

  it('turns Fortran order of any shape, big-endian too', async () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const count = shape.reduce((product, length) => product * length, 1);
        // Place in row order → place in the file, straight from the definition of Fortran order.
        const values = new Float32Array(count);
        for (let index = 0; index < count; index++) {
          let rest = index;
          let place = 0;
          let stride = count;
          for (const length of [...shape].reverse()) {
            stride /= length;
            place += (rest % length) * stride;
            rest = Math.floor(rest / length);
          }
          // Strides were taken from the last axis; in Fortran order the last axis has the largest.
          values[place] = index;
        }
        const data = body(count, 4, (view, at, index) => view.setFloat32(at, values[index] ?? 0, false));
        const { train } = await open(npyBytes('>f4', `(${shape.join(', ')})`, data, { fortran: true }));
        expect([...train.values]).toEqual(Array.from({ length: count }, (_, index) => index));
      }),
      { numRuns: 40 },
    );
  });

  it('notes values outside 0–1, constant data and what looks like channels first', async () => {
    const floats = (values: number[], shape: string) =>
      open(
        npyBytes(
          '<f4',
          shape,
          body(values.length, 4, (view, at, index) => view.setFloat32(at, values[index] ?? 0, true)),
        ),
      );
    expect((await floats([-1, 2], '(2, 1)')).notes.join()).toContain('from -1 to 2');
    expect((await floats([0.5, 0.5], '(2, 1)')).notes.join()).toContain('Every value is 0.5');
    expect((await floats([0, 1], '(2, 1)')).notes).toEqual([]);
    const channelsFirst = await open(npyBytes('|u1', '(2, 3, 8, 8)', Buffer.alloc(384, 1)));
    expect(channelsFirst.notes.join()).toContain('channels first');
  });

  it('stops when called off', async () => {
    const path = await write(folder, 'long.npy', npyBytes('<f8', '(3, 1048576)', Buffer.alloc(3 * 2 ** 23)));
    const abort = new AbortController();
    const control = {
      signal: abort.signal,
      onProgress: ({ stage }: { stage: string }) => (stage === 'Converting' ? abort.abort() : undefined),
    };
    await expect(openNpy(path, false, control)).rejects.toBeInstanceOf(Cancelled);
  });
});

describe('openNpy refuses', () => {
  const refused = (bytes: Uint8Array, limits = {}) => problemOf(open(bytes, limits));

  it.each(['|O', 'O8'])('object arrays (%s) by their dtype, without reading them', async (descr) => {
    const marker = Buffer.from('cos\nsystem\n(S"touch marker"\ntR.');
    const found = await refused(npyBytes(descr, '(1,)', marker));
    expect(found.code).toBe('NPY_OBJECT');
  });

  it('records that hold objects', async () => {
    expect((await refused(npyBytes("[('a', '<f4'), ('b', 'O')]", '(1,)', Buffer.alloc(12)))).code).toBe(
      'NPY_OBJECT',
    );
  });

  it.each(['<c8', '|S5', '<U3', '<M8[ns]', "[('a', '<f4')]", '<f16', 'constructor'])(
    'the dtype %s',
    async (descr) => {
      expect((await refused(npyBytes(descr, '(1, 2)', Buffer.alloc(32)))).code).toBe('NPY_DTYPE');
    },
  );

  it('NaN and infinity, counted and located', async () => {
    const values = [0, 1, Number.NaN, Number.NaN, 1, 1, 0, Number.POSITIVE_INFINITY, 0, 0];
    const data = body(10, 8, (view, at, index) => view.setFloat64(at, values[index] ?? 0, true));
    const found = await refused(npyBytes('<f8', '(5, 2)', data));
    expect(found.code).toBe('NPY_NOT_FINITE');
    expect(found.message).toMatch(/2 of 5 rows .* NaN \(2 values\) or infinity \(1 values\): rows 1, 3,/);
  });

  it('0 rows and 0 values', async () => {
    expect((await refused(npyBytes('<f4', '(0, 3)', Buffer.alloc(0)))).code).toBe('DATA_NO_ROWS');
    expect((await refused(npyBytes('<f4', '(3, 0)', Buffer.alloc(0)))).code).toBe('DATA_NO_ROWS');
  });

  it.each(['()', '(6,)', '(1, 1, 1, 2, 3)'])('the shape %s', async (shape) => {
    const size = shape === '()' ? 1 : 6;
    expect((await refused(npyBytes('|u1', shape, Buffer.alloc(size)))).code).toBe('NPY_SHAPE');
  });

  it('a wrong magic string, version or header', async () => {
    const good = npyBytes('|u1', '(2, 3)', Buffer.from(numbers));
    const with_ = (at: number, value: number) =>
      Buffer.concat([good.subarray(0, at), Buffer.of(value), good.subarray(at + 1)]);
    expect((await refused(Buffer.from('PK\u0003\u0004 a zip file'))).code).toBe('NPY_WRONG_MAGIC');
    expect((await refused(with_(6, 9))).code).toBe('NPY_BAD_HEADER');
    expect((await refused(with_(10, 0x5b))).code).toBe('NPY_BAD_HEADER');
    expect((await refused(npyBytes('|u1', '(2, -3)', Buffer.alloc(6)))).code).toBe('NPY_BAD_HEADER');
    expect((await refused(npyBytes('|u1', '(2, 99999999999999999)', Buffer.alloc(6)))).code).toBe(
      'NPY_BAD_HEADER',
    );
  });

  it('surplus bytes, and sizes over the limit as they would be held', async () => {
    expect((await refused(npyBytes('|u1', '(2, 3)', Buffer.alloc(7)))).code).toBe('FILE_SURPLUS');
    expect((await refused(npyBytes('|i1', '(2, 3)', Buffer.alloc(6)), { bytes: 23 })).code).toBe(
      'DATA_TOO_LARGE',
    );
    expect((await refused(npyBytes('<f4', '(999999999, 999999999)', Buffer.alloc(8)))).code).toBe(
      'DATA_TOO_LARGE',
    );
  });

  it('every truncation', async () => {
    const whole = npyBytes('<f4', '(4, 5)', Buffer.alloc(80));
    for (let length = 0; length < whole.length; length++) {
      await expect(open(whole.subarray(0, length)), `${length} bytes`).rejects.toBeInstanceOf(ProblemError);
    }
  });

  it('or reads, but never crashes on, altered bytes', async () => {
    const whole = npyBytes('<f4', '(4, 5)', Buffer.alloc(80));
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(changes, async (altered) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of altered) bytes[at] = value;
        try {
          await open(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
        }
      }),
      { numRuns: 200 },
    );
  });
});
