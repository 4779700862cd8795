import { type Augmentation, augmentationOf } from '../../shared/augmentation/augmentation';
import { isPicture } from '../../shared/tensors/shape';
import type { ProgramSet, Value } from '../ops/program';
import { ProgramBuilder } from './program-builder';

/** The numbers that say where each sample goes: of [0, 1), for the shifts, the flips and the angle. */
export const AUGMENTATION_DRAW = 'input/augmentation';
const COLUMNS = { shiftX: 0, shiftY: 1, flipX: 2, flipY: 3, angle: 4 } as const;

/**
 * A batch of samples, each flipped, turned around its middle and then moved, by random numbers of its own. Whole pixels alone
 * are moved by, so that nothing is blurred without a rotation. Beyond the edge the edge goes on: a margin of zeros would be
 * something to learn, and is no background in data that are scaled.
 *
 * @param samples float32 [batch, …sample]
 * @returns float32 [batch, …sample]; the samples themselves where nothing of the augmentation is for their shape
 */
export function augmented(
  build: ProgramBuilder,
  augmentation: Augmentation | undefined,
  samples: Value,
): Value {
  const [batch = 0, ...sample] = samples.shape;
  const wanted = augmentationOf(augmentation, sample);
  if (!wanted) return samples;
  // A series is a picture one pixel high.
  const [height = 1, width = 1, channels = 1] = isPicture(sample) ? sample : [1, ...sample];
  return build.inLayer('input', () => {
    const pictures = build.add('reshape', [samples], { shape: [batch, height, width, channels] });
    const transforms = transformsFor(build, wanted, { batch, height, width });
    const moved = build.add('resample2d', [pictures, transforms]);
    return build.add('reshape', [moved], { shape: samples.shape });
  });
}

/**
 * A Program `augment`: feeds `batch` (float32 [count, …sample]); output `augmented`, as a training step would have it. For
 * an augmentation of which samples of this shape take something.
 */
export function augmentationProgram(
  augmentation: Augmentation | undefined,
  sampleShape: readonly number[],
  count: number,
): ProgramSet {
  const build = new ProgramBuilder();
  const batch = build.feed('batch', [count, ...sampleShape]);
  const outputs = { augmented: augmented(build, augmentation, batch) };
  return { state: [], programs: [build.finish('augment', { outputs })] };
}

interface Pictures {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
}

/** The places that each picture is read from, as `resample2d` takes them: [batch, 6]. */
function transformsFor(
  build: ProgramBuilder,
  { shift, flip, rotate }: Augmentation,
  { batch, height, width }: Pictures,
): Value {
  const drawn = build.draw(AUGMENTATION_DRAW, [batch, Object.keys(COLUMNS).length], 'uniform');
  const column = (name: keyof typeof COLUMNS) =>
    build.add('slice', [drawn], { begin: [0, COLUMNS[name]], size: [batch, 1] });
  const all = (value: number) => build.add('broadcastTo', [build.constant(value)], { shape: [batch, 1] });
  const add = (a: Value, b: Value) => build.add('add', [a, b]);
  const mul = (a: Value, b: Value) => build.add('mul', [a, b]);
  const affine = (x: Value, factor: number, plus: number) =>
    add(mul(x, build.constant(factor)), build.constant(plus));

  /** −shift … shift, or nothing along a side of one pixel. */
  const shifted = (name: 'shiftX' | 'shiftY', side: number) => {
    if (shift === 0 || side === 1) return all(0);
    const whole = build.add('floor', [mul(column(name), build.constant(2 * shift + 1))]);
    // Rounding may bring a number just below 1 to the end that is not among them.
    return build.add('clip', [affine(whole, 1, -shift)], { min: -shift, max: shift });
  };
  /** 1, or −1 for every second picture. */
  const flipped = (name: 'flipX' | 'flipY', way: Augmentation['flip']) =>
    flip === way || flip === 'both'
      ? affine(build.add('atLeast', [column(name)], { threshold: 0.5 }), -2, 1)
      : all(1);

  const angle =
    rotate > 0 ? affine(column('angle'), (rotate * Math.PI) / 90, (-rotate * Math.PI) / 180) : null;
  const [cos, sin] = angle ? [build.add('cos', [angle]), build.add('sin', [angle])] : [all(1), all(0)];
  const [flipX, flipY] = [flipped('flipX', 'horizontal'), flipped('flipY', 'vertical')];
  // The way back, around the middle: against the shift, then against the rotation, then against the flip.
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const left = affine(shifted('shiftX', width), -1, -middleX);
  const up = affine(shifted('shiftY', height), -1, -middleY);
  const [a, b] = [mul(flipX, cos), mul(flipX, sin)];
  const [d, e] = [mul(mul(flipY, sin), build.constant(-1)), mul(flipY, cos)];
  const c = affine(add(mul(a, left), mul(b, up)), 1, middleX);
  const f = affine(add(mul(d, left), mul(e, up)), 1, middleY);
  return build.add('concat', [a, b, c, d, e, f], { axis: 1 });
}
