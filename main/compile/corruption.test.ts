import { afterAll, describe, expect, it } from 'vitest';
import type { ParameterValue } from '../../shared/blocks/parameter';
import { newBlock } from '../../shared/document/new-document';
import { textMark } from '../../shared/marks/mark-bitmap';
import { textOfPicture } from '../../shared/marks/picture-text';
import type { ModelSession, Tensor } from '../execute/executor';
import { createOnnxExecutor } from '../execute/onnx/onnx-executor';
import { isTensorFlowPresent } from '../execute/tensorflow/is-present';
import { createTensorFlowExecutor } from '../execute/tensorflow/tensorflow-executor';
import { normals, uniforms } from '../random/philox';
import { compile } from './compile';
import { planOf } from './fixtures/plans';
import { initialState } from './initial-state';

const present = isTensorFlowPresent();
if (!present) console.warn('TensorFlow has not been fetched: corruption is checked on ONNX Runtime alone.');

const COUNT = 6;
const [HEIGHT, WIDTH, CHANNELS] = [10, 12, 2];
const SIZE = HEIGHT * WIDTH * CHANNELS;
const adam = { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
const batch: Tensor = {
  dtype: 'float32',
  shape: [COUNT, HEIGHT, WIDTH, CHANNELS],
  data: uniforms(1, 'samples', 0, COUNT * SIZE),
};

/** A corruption and, of a sample's value, what it makes of it by the numbers that were drawn for the sample. */
interface Case {
  readonly type: string;
  readonly params: Readonly<Record<string, ParameterValue>>;
  readonly of: (at: Place, drawn: (site: string) => Float32Array) => number;
  /** 1 where it changes the value; left out where it does not tell. */
  readonly covered?: (at: Place, drawn: (site: string) => Float32Array) => number;
}
interface Place {
  readonly x: (row: number, column: number) => number;
  readonly index: number;
  readonly row: number;
  readonly column: number;
}
const own = ({ x, row, column }: Place) => x(row, column);
const clipped = (value: number) => Math.min(1, Math.max(0, value));

function isInPatch({ row, column }: Place, drawn: Float32Array, size: number): boolean {
  const begins = (u: number, length: number) => Math.ceil(u * (length - size + 1) - 1);
  return [0, 1].some((patch) => {
    const top = begins(drawn[2 * patch] ?? 0, HEIGHT);
    const left = begins(drawn[2 * patch + 1] ?? 0, WIDTH);
    return row >= top && row < top + size && column >= left && column < left + size;
  });
}

function blurred({ x, row, column }: Place, deviation: number): number {
  const weight = (from: number, to: number) => Math.exp(-((from - to) ** 2) / (2 * deviation ** 2));
  let [sum, total] = [0, 0];
  for (let r = 0; r < HEIGHT; r++) {
    for (let c = 0; c < WIDTH; c++) {
      const w = weight(r, row) * weight(c, column);
      sum += w * x(r, c);
      total += w;
    }
  }
  return sum / total;
}

function patchMean({ x, row, column }: Place, factor: number): number {
  let [sum, count] = [0, 0];
  for (let r = 0; r < HEIGHT; r++) {
    for (let c = 0; c < WIDTH; c++) {
      const isIn = Math.floor(r / factor) === Math.floor(row / factor);
      if (!isIn || Math.floor(c / factor) !== Math.floor(column / factor)) continue;
      sum += x(r, c);
      count += 1;
    }
  }
  return sum / count;
}

/** The T of the font, 5 × 7, in the middle of 10 × 12. */
const isInT = ({ row, column }: Place) =>
  (row === 1 && column >= 3 && column < 8) || (row >= 1 && row < 8 && column === 5)
    ? 1
    : row === 2 && (column === 3 || column === 7)
      ? 1
      : 0;

const cases: readonly Case[] = [
  {
    type: 'corrupt-noise',
    params: { deviation: 0.5 },
    of: (at, drawn) => clipped(own(at) + 0.5 * (drawn('noise')[at.index] ?? 0)),
  },
  {
    type: 'corrupt-noise',
    params: { deviation: 0.5, clip: false },
    of: (at, drawn) => own(at) + 0.5 * (drawn('noise')[at.index] ?? 0),
  },
  {
    type: 'corrupt-masking',
    params: { share: 0.4 },
    of: (at, drawn) => ((drawn('kept')[at.index] ?? 0) < 0.4 ? 0 : own(at)),
    covered: (at, drawn) => ((drawn('kept')[at.index] ?? 0) < 0.4 ? 1 : 0),
  },
  {
    type: 'corrupt-salt-pepper',
    params: { share: 0.5 },
    of: (at, drawn) => {
      const u = drawn('grains')[at.index] ?? 0;
      return u < 0.25 ? 0 : u >= 0.75 ? 1 : own(at);
    },
    covered: ({ index }, drawn) => (Math.abs((drawn('grains')[index] ?? 0) - 0.5) > 0.25 ? 1 : 0),
  },
  { type: 'corrupt-blur', params: { deviation: 1.5 }, of: (at) => blurred(at, 1.5) },
  { type: 'corrupt-downscale', params: { factor: 4 }, of: (at) => patchMean(at, 4) },
  {
    type: 'corrupt-patches',
    params: { count: 2, size: 3, fill: 0.25 },
    of: (at, drawn) => (isInPatch(at, drawn('places'), 3) ? 0.25 : own(at)),
    covered: (at, drawn) => (isInPatch(at, drawn('places'), 3) ? 1 : 0),
  },
  {
    type: 'corrupt-watermark',
    params: { text: 't', opacity: 0.75, shade: 0.5 },
    of: (at) => own(at) + 0.75 * isInT(at) * (0.5 - own(at)),
    covered: isInT,
  },
  {
    type: 'corrupt-watermark',
    params: { mark: 'picture', picture: textOfPicture(textMark('t')), opacity: 0.75, shade: 0.5 },
    of: (at) => own(at) + 0.75 * isInT(at) * (0.5 - own(at)),
    covered: isInT,
  },
];

describe('corruption', () => {
  const sessions: ModelSession[] = [];
  const planned = (type: string, params: Case['params']) =>
    planOf(
      [HEIGHT, WIDTH, CHANNELS],
      [newBlock(type, 'corrupt', params), newBlock('code', 'code', { size: 3 })],
    );

  async function open(type: string, params: Case['params']) {
    const plan = planned(type, params);
    const set = compile(plan, {
      sample: { dtype: 'float32' },
      dataCount: COUNT,
      batchSize: COUNT,
      remainder: 0,
      evaluationBatch: COUNT,
      reconstructBatch: COUNT,
      optimizer: adam,
    });
    const program = set.programs.find(({ name }) => name === 'evaluate-batch');
    if (!program) throw new Error('There is no evaluation.');
    const executors = [await createOnnxExecutor(), ...(present ? [await createTensorFlowExecutor()] : [])];
    const state = initialState(plan, adam, 1);
    const opened = await Promise.all(executors.map((executor) => executor.load(set, state, { threads: 1 })));
    sessions.push(...opened);
    return { program, opened };
  }
  afterAll(() => Promise.all(sessions.map((session) => session.dispose())));

  it.each(cases)('$type $params makes of samples what it says, on both engines', async (each) => {
    const { program, opened } = await open(each.type, each.params);
    const drawn = Object.fromEntries(
      program.draws.map(({ name, distribution, value }): [string, Tensor] => {
        const count = value.shape.reduce((a, b) => a * b, 1);
        const data = (distribution === 'uniform' ? uniforms : normals)(3, name, 0, count);
        return [name, { dtype: 'float32', shape: value.shape, data }];
      }),
    );
    for (const session of opened) {
      const { outputs } = await session.run('evaluate-batch', { batch, ...drawn });
      const [seen, covered] = [outputs.seen?.data ?? [], outputs.covered?.data];
      expect(covered === undefined).toBe(each.covered === undefined);
      for (let i = 0; i < COUNT * SIZE; i++) {
        const [sample, index] = [Math.floor(i / SIZE), i % SIZE];
        const at: Place = {
          x: (row, column) =>
            Number(batch.data[sample * SIZE + (row * WIDTH + column) * CHANNELS + (index % CHANNELS)]),
          index,
          row: Math.floor(index / CHANNELS / WIDTH),
          column: Math.floor(index / CHANNELS) % WIDTH,
        };
        const site = (name: string) => {
          const numbers = Float32Array.from(drawn[`corrupt/${name}`]?.data ?? []);
          const length = numbers.length / COUNT;
          return numbers.subarray(sample * length, (sample + 1) * length);
        };
        expect(Math.abs((seen[i] ?? Number.NaN) - each.of(at, site)), `value ${i}`).toBeLessThan(1e-5);
        if (each.covered) expect(covered?.[i], `cover of value ${i}`).toBeCloseTo(each.covered(at, site), 5);
      }
    }
  });

  it('lays a mark elsewhere in every sample, and tells where', async () => {
    const { opened } = await open('corrupt-watermark', {
      mark: 'hourglass',
      size: 5,
      position: 'random',
      opacity: 1,
      shade: 1,
    });
    for (const session of opened) {
      const key = { seed: 3, purpose: 'evaluation', step: 0 };
      const { outputs } = await session.run('evaluate-batch', { batch }, key);
      const seen = Float32Array.from(outputs.seen?.data ?? []);
      const covered = Float32Array.from(outputs.covered?.data ?? []);
      const masks = Array.from({ length: COUNT }, (_, i) => covered.subarray(i * SIZE, (i + 1) * SIZE));
      expect(new Set(masks.map((mask) => mask.join())).size).toBeGreaterThan(COUNT / 2);
      const areas = masks.map((mask) => mask.reduce((sum, x) => sum + x, 0));
      expect(areas[0]).toBeGreaterThan(20);
      expect(new Set(areas).size).toBe(1);
      seen.forEach((value, i) => {
        if (covered[i] === 0) expect(value).toBeCloseTo(Number(batch.data[i]), 2);
      });
      expect((await session.run('evaluate-batch', { batch }, key)).outputs).toEqual(outputs);
    }
  });

  it('spares what is only encoded', async () => {
    const { opened, program } = await open('corrupt-noise', { deviation: 0.3 });
    expect(program.draws.map(({ name }) => name)).toEqual(['corrupt/noise']);
    // With no key to draw by, nothing can have been drawn.
    for (const session of opened) {
      expect((await session.run('encode', { batch })).outputs.code?.shape).toEqual([COUNT, 3]);
    }
  });
});
