import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { uniforms } from '../../main/random/philox';
import { documentText } from '../../shared/document/document-text';
import type { DocumentBlock, GraphDocument, TrainingSettings } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import { newOptimizer } from '../../shared/optimizers/catalogue';
import { chained } from '../../shared/plan/random-stacks';
import { newSchedule } from '../../shared/schedules/catalogue';
import type { Claim, ClaimContext } from './claim';

/** Of each engine, besides those of divided batches: `HOURGLASS_KILLS=240 npm run claims -- --only resume`. */
const KILLS = Number(process.env.HOURGLASS_KILLS ?? 20);
const DIVIDED = 2;

type Engine = 'tensorflow' | 'onnx';

/** A drawing that is trained once to its end, and once killed on the way and gone on with. */
interface Case {
  readonly name: string;
  readonly drawing: GraphDocument;
  readonly engine: Engine;
  readonly kills: number;
}

const OPTIMIZERS: readonly (readonly [string, TrainingSettings['optimizer']])[] = [
  ['Adam', newOptimizer('adam')],
  ['AdamW', newOptimizer('adamw')],
  ['SGD', { type: 'sgd', momentum: 0.9 }],
];

/** What draws random numbers, keeps something of its own, or follows from where the run stands. */
const FEATURES: readonly (readonly [string, readonly DocumentBlock[], readonly string[]])[] = [
  ['dropout', [newBlock('dropout', 'dropout-1', { rate: 0.3 })], ['constant']],
  ['batch norm', [newBlock('batch-norm', 'batch-norm-1', { momentum: 0.9 })], ['constant']],
  ['noise', [newBlock('gaussian-noise', 'noise-1', { deviation: 0.1 })], ['constant']],
  ['schedule', [], ['cosine', 'plateau', 'one-cycle']],
];

export const resume: Claim = {
  name: 'resume',
  bar: `${2 * KILLS + DIVIDED} kills -9 (${KILLS} of each engine, and ${DIVIDED} of divided batches) at random moments of runs by Adam, AdamW, SGD with dropout, batch norm, noise, schedules: 0 bytes of weights, pictures, losses or history differ`,
  data: null,
  async check(context) {
    const folder = join(context.root, 'dist', 'claims', 'resume');
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const all = cases();
    let [kills, anew, differing] = [0, 0, 0];
    for (const [index, each] of all.entries()) {
      const outcome = await interrupted(each, join(folder, String(index + 1)), index, context);
      kills += outcome.kills;
      anew += outcome.anew;
      if (outcome.differs.length > 0) differing += 1;
      const word = outcome.differs.length > 0 ? `${outcome.differs.join(', ')} DIFFER` : 'all equal';
      context.say(`${each.engine}, ${each.name}: killed ${outcome.moments.join(', ')}: ${word}`);
    }
    return {
      figure: `${differing} of ${all.length} runs differ after ${kills} kills, ${anew} of them before the first checkpoint`,
      // One that comes when its run is over already is none.
      holds: differing === 0 && kills === all.reduce((sum, each) => sum + each.kills, 0),
    };
  },
};

function cases(): readonly Case[] {
  const combinations = OPTIMIZERS.flatMap(([name, optimizer], which) =>
    FEATURES.map(([feature, blocks, schedules]) => ({
      name: `${name} with ${feature}`,
      drawing: drawing(blocks, {
        optimizer,
        schedule: newSchedule(schedules[which % schedules.length] ?? ''),
      }),
    })),
  );
  const engines: readonly Engine[] = ['tensorflow', 'onnx'];
  const plain = engines.flatMap((engine) =>
    combinations.map((each, index) => ({
      ...each,
      engine,
      kills: Math.max(1, Math.ceil((KILLS - index) / combinations.length)),
    })),
  );
  return [...plain, { name: 'divided batches', drawing: convolutional(), engine: 'onnx', kills: DIVIDED }];
}

/** Epochs of about a tenth of a second where nothing else goes on. */
function drawing(blocks: readonly DocumentBlock[], training: Partial<TrainingSettings>): GraphDocument {
  const empty = emptyDocument();
  return {
    ...empty,
    ...chained([
      newBlock('input', 'input'),
      newBlock('corrupt-noise', 'corrupt-1'),
      newBlock('dense', 'dense-1', { units: 128 }),
      ...blocks,
      newBlock('code', 'code', { size: 16 }),
    ]),
    training: { ...empty.training, epochs: 15, learningRate: 0.002, ...training },
  };
}

/** Convolutions enough that ONNX Runtime's batches are divided among threads. */
function convolutional(): GraphDocument {
  const empty = emptyDocument();
  return {
    ...empty,
    ...chained([
      newBlock('input', 'input'),
      newBlock('conv', 'conv-1', { filters: 16, stride: 1 }),
      newBlock('conv', 'conv-2', { filters: 16, stride: 2 }),
      newBlock('dropout', 'dropout-1', { rate: 0.2 }),
      newBlock('code', 'code', { size: 8 }),
    ]),
    training: { ...empty.training, epochs: 3 },
  };
}

interface Outcome {
  readonly kills: number;
  /** Kills before the first checkpoint: the run was begun anew. */
  readonly anew: number;
  /** When it was killed, in words. */
  readonly moments: readonly string[];
  /** Names of files that differ. */
  readonly differs: readonly string[];
}

async function interrupted(
  { drawing: document, engine, kills }: Case,
  folder: string,
  index: number,
  { root, say }: ClaimContext,
): Promise<Outcome> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'drawing.hourglass');
  await writeFile(file, documentText(document));
  // Killed before its first checkpoint, a run is begun anew in its place.
  const told = ['--engine', engine, '--json', '--force'];
  const train = (out: string) => ['train', file, ...told, '--out', join(folder, out)];
  const whole = await run(root, train('whole'), null);
  if (whole.code !== 0) throw new Error(`A run did not complete: ${whole.errors}`);
  let command = train('killed');
  let anew = 0;
  const moments: string[] = [];
  const chances = uniforms(1, 'kills', index, kills);
  for (let kill = 0; kill < kills; kill++) {
    const after = Math.round((0.05 + 0.85 * (chances[kill] ?? 0)) * whole.steps);
    const killed = await run(root, command, after);
    // Over before its time had come.
    if (killed.code === 0) break;
    if (killed.code !== null) throw new Error(`A run ended by itself: ${killed.errors}`);
    moments.push(`after step ${killed.steps}`);
    const files = await readdir(join(folder, 'killed', 'checkpoints')).catch(() => []);
    // One that the kill cut off has another ending.
    const kept = files.filter((name) => name.endsWith('.safetensors'));
    if (kept.length === 0) anew += 1;
    command = kept.length === 0 ? train('killed') : ['resume', join(folder, 'killed'), '--json'];
  }
  const last = await run(root, command, null);
  if (last.code !== 0) say(`Going on failed: ${last.errors}`);
  const differs: string[] = [];
  for (const name of ['weights.safetensors', 'reconstructions.png', 'history.json']) {
    const [a, b] = await Promise.all(['whole', 'killed'].map((out) => content(join(folder, out, name))));
    if (a !== b) differs.push(name);
  }
  return { kills: moments.length, anew, moments, differs };
}

/** A line of JSON, as far as it matters here. */
interface Told {
  readonly event?: string;
  readonly firstStep?: number;
  readonly losses?: readonly number[];
}

/** Nothing where the line was cut off by the kill. */
function toldBy(line: string): Told {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}

interface Ended {
  /** Null where it was killed. */
  readonly code: number | null;
  /** Told of so far. */
  readonly steps: number;
  readonly errors: string;
}

/** Runs the command line, and kills it as soon as it tells of a step, at most 50 ms after it; never where that is null. */
async function run(root: string, args: readonly string[], killAfterStep: number | null): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOURGLASS_NO_DOWNLOAD: '1' },
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  let steps = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const { event, firstStep = 1, losses = [] } = toldBy(line);
    if (event !== 'progress') continue;
    steps = firstStep + losses.length - 1;
    if (killAfterStep !== null && steps >= killAfterStep) child.kill('SIGKILL');
  }
  return { code: await ended, steps, errors };
}

/** Of a file all that may not differ: of the history all but times. */
async function content(file: string): Promise<string> {
  const bytes = await readFile(file).catch(() => Buffer.from(`there is no ${file}`));
  if (!file.endsWith('.json')) return createHash('sha256').update(bytes).digest('hex');
  const isTime = (key: string) => key === 'seconds' || key === 'samplesPerSecond';
  return JSON.stringify(JSON.parse(bytes.toString()), (key, value) => (isTime(key) ? undefined : value));
}
