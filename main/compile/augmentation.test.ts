import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Augmentation } from '../../shared/augmentation/augmentation';
import { newBlock } from '../../shared/document/new-document';
import { valueCount } from '../../shared/tensors/shape';
import type { Executor, ModelSession, Tensor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { uniforms } from '../random/philox';
import { AUGMENTATION_DRAW, augmentationProgram, augmented } from './augmentation';
import { openOn, randomSamples, stepOn } from './fixtures/one-batch';
import { planOf } from './fixtures/plans';
import { ProgramBuilder } from './program-builder';

const COUNT = 8;
const key = { seed: 5, purpose: 'training', step: 3 };

/** The numbers of one sample: for the two shifts, the two flips and the angle. */
type Drawn = readonly number[];

/** The same, pixel by pixel, for one sample. */
function byHand(
  x: Float32Array,
  [height, width, channels]: readonly [number, number, number],
  { shift, flip, rotate }: Augmentation,
  [u = 0, v = 0, flipU = 0, flipV = 0, turn = 0]: Drawn,
): Float32Array {
  const right = width > 1 ? Math.floor(u * (2 * shift + 1)) - shift : 0;
  const down = height > 1 ? Math.floor(v * (2 * shift + 1)) - shift : 0;
  const angle = ((2 * turn - 1) * rotate * Math.PI) / 180;
  const mirrorX = (flip === 'horizontal' || flip === 'both') && flipU >= 0.5;
  const mirrorY = (flip === 'vertical' || flip === 'both') && flipV >= 0.5;
  const held = (at: number, length: number) => Math.min(length - 1, Math.max(0, at));
  return Float32Array.from({ length: x.length }, (_, index) => {
    const channel = index % channels;
    const across = (Math.floor(index / channels) % width) - right - (width - 1) / 2;
    const along = Math.floor(index / channels / width) - down - (height - 1) / 2;
    const turnedX = Math.cos(angle) * across + Math.sin(angle) * along;
    const turnedY = -Math.sin(angle) * across + Math.cos(angle) * along;
    const column = held((width - 1) / 2 + (mirrorX ? -turnedX : turnedX), width);
    const row = held((height - 1) / 2 + (mirrorY ? -turnedY : turnedY), height);
    const [left, top] = [Math.floor(column), Math.floor(row)];
    let value = 0;
    for (const [r, c] of [
      [top, left],
      [top, left + 1],
      [top + 1, left],
      [top + 1, left + 1],
    ] as const) {
      const weight = (1 - Math.abs(row - r)) * (1 - Math.abs(column - c));
      value += weight * x[(held(r, height) * width + held(c, width)) * channels + channel]!;
    }
    return value;
  });
}

const cases: readonly { readonly augmentation: Augmentation; readonly shape: readonly number[] }[] = [
  { augmentation: { shift: 3, flip: 'none', rotate: 0 }, shape: [9, 12, 1] },
  { augmentation: { shift: 0, flip: 'horizontal', rotate: 0 }, shape: [8, 7, 3] },
  { augmentation: { shift: 0, flip: 'vertical', rotate: 0 }, shape: [8, 7, 2] },
  { augmentation: { shift: 0, flip: 'none', rotate: 30 }, shape: [28, 28, 1] },
  { augmentation: { shift: 2, flip: 'both', rotate: 180 }, shape: [10, 13, 3] },
  { augmentation: { shift: 40, flip: 'none', rotate: 0 }, shape: [5, 6, 1] },
  { augmentation: { shift: 1, flip: 'both', rotate: 15 }, shape: [1, 5, 1] },
  { augmentation: { shift: 5, flip: 'both', rotate: 20 }, shape: [30, 2] },
];

it('leaves rows of unlike values alone, and draws nothing for them', () => {
  const build = new ProgramBuilder();
  const rows = build.feed('batch', [COUNT, 11]);
  expect(augmented(build, { shift: 2, flip: 'both', rotate: 30 }, rows)).toBe(rows);
  const series = build.feed('series', [COUNT, 11, 1]);
  expect(augmented(build, { shift: 0, flip: 'vertical', rotate: 30 }, series)).toBe(series);
  expect(build.nodes).toEqual([]);
});

describe.each(enginesHere('augmentation'))('augmentation, %s', (_, create) => {
  let executor: Executor;
  const sessions: ModelSession[] = [];
  const kept = (session: ModelSession) => {
    sessions.push(session);
    return session;
  };
  beforeAll(async () => {
    executor = await create();
  });
  afterAll(() => Promise.all(sessions.map((session) => session.dispose())));

  it.each(cases)('$augmentation moves samples of $shape as computed by hand', async (each) => {
    const { augmentation, shape } = each;
    const batch = randomSamples(COUNT, shape);
    const set = augmentationProgram(augmentation, shape, COUNT);
    const session = kept(await executor.load(set, new Map(), { threads: 1 }));
    const numbers = uniforms(9, 'places', 0, COUNT * 5);
    const drawn: Tensor = { dtype: 'float32', shape: [COUNT, 5], data: numbers };
    const { outputs } = await session.run('augment', { batch, [AUGMENTATION_DRAW]: drawn });
    const made = Float32Array.from(outputs.augmented?.data ?? []);
    const size = valueCount(shape);
    const [height = 1, width = 1, channels = 1] = shape.length === 3 ? shape : [1, ...shape];
    const own = shape.length === 3 ? augmentation : { ...augmentation, rotate: 0 };
    const rest = shape.length === 3 ? own : { ...own, flip: 'horizontal' as const };
    let moved = 0;
    for (let sample = 0; sample < COUNT; sample++) {
      const x = Float32Array.from(batch.data.subarray(sample * size, (sample + 1) * size));
      const wanted = byHand(x, [height, width, channels], rest, [
        ...numbers.subarray(5 * sample, 5 * (sample + 1)),
      ]);
      wanted.forEach((value, i) => {
        expect(
          Math.abs(value - (made[sample * size + i] ?? Number.NaN)),
          `sample ${sample}, ${i}`,
        ).toBeLessThan(1e-4);
      });
      if (wanted.some((value, i) => Math.abs(value - (x[i] ?? 0)) > 0.01)) moved += 1;
    }
    expect(moved).toBeGreaterThan(1);
  });

  const plan = planOf([6, 6, 1], [newBlock('code', 'code', { size: 4 })]);
  const samples = randomSamples(COUNT, [6, 6, 1]);
  const augmentation = { shift: 1, flip: 'both', rotate: 20 } as const;

  it('draws anew at every step, the same by the same key, and touches no evaluation', async () => {
    const [plainly, moved] = [
      kept(await openOn(samples, executor, plan)),
      kept(await openOn(samples, executor, plan, { augmentation })),
    ];
    const lossAt = async (step: number) => (await stepOn(moved, COUNT, 0, { ...key, step })).loss;
    const [first, second, again] = [await lossAt(1), await lossAt(2), await lossAt(1)];
    expect(first).not.toBe(second);
    expect(first).toBe(again);
    expect(first).not.toBe((await stepOn(plainly, COUNT, 0)).loss);
    const indices: Tensor = {
      dtype: 'int32',
      shape: [COUNT],
      data: Int32Array.from({ length: COUNT }, (_x, i) => i),
    };
    // Without a key: an evaluation that drew would refuse.
    const [clean, beside] = [
      await plainly.run('evaluate', { indices }),
      await moved.run('evaluate', { indices }),
    ];
    expect(beside.outputs.mse?.data).toEqual(clean.outputs.mse?.data);
    const [whole, besideIt] = [
      await plainly.run('evaluate-batch', { batch: samples }),
      await moved.run('evaluate-batch', { batch: samples }),
    ];
    expect(besideIt.outputs.reconstructions?.data).toEqual(whole.outputs.reconstructions?.data);
  });

  it('takes what has been moved for the target', async () => {
    const session = kept(
      await openOn(samples, executor, plan, { augmentation: { ...augmentation, rotate: 0 } }),
    );
    const weights = [...(await session.state(['code/kernel', 'code/bias', 'code′/kernel', 'code′/bias']))];
    await session.setState(
      new Map(
        weights.map(([name, tensor]) => [
          name,
          { ...tensor, data: new Float32Array(tensor.data.length) } as Tensor,
        ]),
      ),
    );
    // With every weight 0 the output is that of the activation at 0, whatever goes in: the loss is of the target alone.
    const numbers = uniforms(9, 'targets', 0, COUNT * 5);
    const drawn: Tensor = { dtype: 'float32', shape: [COUNT, 5], data: numbers };
    const indices = {
      dtype: 'int32',
      shape: [COUNT],
      data: Int32Array.from({ length: COUNT }, (_x, i) => i),
    } satisfies Tensor;
    const learningRate = { dtype: 'float32', shape: [], data: Float32Array.of(0) } satisfies Tensor;
    const { outputs } = await session.run('step', { indices, learningRate, [AUGMENTATION_DRAW]: drawn });
    const blank = plan.outputActivation === 'sigmoid' ? 0.5 : 0;
    let sum = 0;
    for (let sample = 0; sample < COUNT; sample++) {
      const x = Float32Array.from(samples.data.subarray(sample * 36, (sample + 1) * 36));
      const target = byHand(x, [6, 6, 1], { ...augmentation, rotate: 0 }, [
        ...numbers.subarray(5 * sample, 5 * (sample + 1)),
      ]);
      for (const value of target) sum += (value - blank) ** 2;
    }
    expect(plan.losses).toEqual([{ loss: 'mse', weight: 1 }]);
    expect(outputs.loss?.data[0]).toBeCloseTo(sum / samples.data.length, 5);
  });
});
