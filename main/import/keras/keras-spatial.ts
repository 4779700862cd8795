import { z } from 'zod';
import { paddedWindows, upsampledPlaces } from '../foreign-builder';
import { refused } from '../refusal';
import type { KerasLayer } from './keras-layer';

const whole = z.int().min(1).max(65_536);
const none = z.int().min(0).max(65_536);
const sides = z.union([whole, z.array(whole).min(1).max(2)]);

/** A number for each axis, where one may stand for all. */
function perAxis(value: number | readonly number[], axes: number): readonly number[] {
  return Array.from({ length: axes }, (_, axis) =>
    typeof value === 'number' ? value : (value[axis] ?? value[0] ?? 1),
  );
}

const poolSchema = z.object({
  pool_size: sides.default(2),
  strides: sides.nullish(),
  padding: z.enum(['same', 'valid']).default('valid'),
});

export function pool(kind: 'max-pool' | 'average-pool') {
  return ({ builder, of, config }: KerasLayer, axes: 1 | 2): void => {
    const { pool_size: size, strides, padding } = poolSchema.parse(config);
    const lengths = builder.shape.slice(0, -1);
    const windows = perAxis(size, axes).map((kernel, axis) =>
      paddedWindows(
        {
          length: lengths[axis] ?? 1,
          kernel,
          stride: perAxis(strides ?? size, axes)[axis] ?? 1,
          dilation: 1,
        },
        padding,
      ),
    );
    builder.push(of, { kind, windows }, [...windows.map(({ count }) => count), builder.shape.at(-1) ?? 1]);
  };
}

const upsamplingSchema = z.object({ size: sides.default(2), interpolation: z.string().default('nearest') });

export function upsampling({ builder, of, config }: KerasLayer, axes: 1 | 2): void {
  const { size, interpolation: method } = upsamplingSchema.parse(config);
  if (method !== 'nearest' && method !== 'bilinear')
    throw refused(of, `it enlarges by ${method} interpolation`);
  const factors = perAxis(size, axes);
  if (factors.some((factor) => factor > 1_024)) throw refused(of, `it enlarges by ${factors.join('×')}`);
  const places = factors.map((factor, axis) => upsampledPlaces(of, builder.shape[axis] ?? 1, factor, method));
  builder.push(of, { kind: 'resample', method, places }, [
    ...places.map(({ length }) => length),
    builder.shape.at(-1) ?? 1,
  ]);
}

const borderEntry = z.union([none, z.array(z.union([none, z.array(none).length(2)])).length(2)]);
const paddingSchema = z.object({ padding: borderEntry.default(1) });
const croppingSchema = z.object({ cropping: borderEntry.default(0) });

export function border(kind: 'pad' | 'crop') {
  return ({ builder, of, config }: KerasLayer, axes: 1 | 2): void => {
    const value =
      kind === 'pad' ? paddingSchema.parse(config).padding : croppingSchema.parse(config).cropping;
    const ends = Array.from({ length: axes }, (_, axis) => endsOf(value, axis, axes));
    const [before, after] = [ends.map(([first]) => first), ends.map(([, last]) => last)];
    const sign = kind === 'pad' ? 1 : -1;
    const shape = builder.shape.map(
      (length, axis) => length + sign * ((before[axis] ?? 0) + (after[axis] ?? 0)),
    );
    builder.push(of, { kind, before, after }, shape);
  };
}

/** `2`, `[2, 3]` (of one axis both ends, of two each of them) or `[[1, 2], [3, 4]]`. */
function endsOf(value: z.infer<typeof borderEntry>, axis: number, axes: number): readonly [number, number] {
  if (typeof value === 'number') return [value, value];
  const [first = 0, second = 0] = value;
  if (axes === 1 && typeof first === 'number' && typeof second === 'number') return [first, second];
  const own = value[axis] ?? 0;
  return typeof own === 'number' ? [own, own] : [own[0] ?? 0, own[1] ?? 0];
}
