import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newBlock } from '../../shared/document/new-document';
import type { Claim, ClaimContext } from './claim';
import { commandLine } from './command-line';

const [LOW, HIGH] = [0.6, 1.25];
const DRAWING = 'digits-and-shapes';

/** Blocks between input and code, and the size of a batch: what makes a model large by its weights, or by what it computes. */
const MODELS = {
  tiny: { blocks: [newBlock('dense', 'wide', { units: 16, activation: 'relu' })], batchSize: 32 },
  weights: { blocks: [newBlock('dense', 'wide', { units: 16_384, activation: 'relu' })], batchSize: 32 },
  pictures: {
    blocks: [newBlock('conv', 'wide', { filters: 32 }), newBlock('conv', 'wider', { filters: 64 })],
    batchSize: 512,
  },
} as const;
type ModelName = keyof typeof MODELS;

export const memory: Claim = {
  name: 'memory',
  bar: `what a check foretells of a run's memory, beyond that of a tiny one, is ${LOW} to ${HIGH} × what the run really takes, by each engine`,
  data: null,
  async check(context) {
    const folder = await mkdtemp(join(tmpdir(), 'hourglass-memory-'));
    try {
      const told: string[] = [];
      const shares: number[] = [];
      for (const engine of ['onnx', 'tensorflow'] as const) {
        const tiny = await taken(context, folder, 'tiny', engine);
        for (const name of ['weights', 'pictures'] as const) {
          const large = await taken(context, folder, name, engine);
          const [foretold, real] = [large.foretold - tiny.foretold, large.real - tiny.real];
          shares.push(foretold / real);
          told.push(
            `${engine}, ${name}: ${inWords(foretold)} foretold, ${inWords(real)} taken, × ${(foretold / real).toFixed(2)}`,
          );
        }
      }
      return { figure: told.join('; '), holds: shares.every((share) => share >= LOW && share <= HIGH) };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const inWords = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

/** What `check` foretells of a model's memory, and what `train` then takes at the most, each a process of its own. */
async function taken(context: ClaimContext, folder: string, name: ModelName, engine: string) {
  const { blocks, batchSize } = MODELS[name];
  const text = await readFile(join(context.root, 'examples', `${DRAWING}.hourglass`), 'utf8');
  const drawing = JSON.parse(text);
  const kept = (drawing.blocks as { readonly type: string }[]).filter(
    ({ type }) => type === 'input' || type === 'code',
  );
  const ids = ['input', ...blocks.map(({ id }) => id), 'code'];
  const file = join(folder, `${name}.hourglass`);
  const changed = {
    ...drawing,
    blocks: [...kept, ...blocks],
    wires: ids.slice(1).map((to, at) => ({ from: ids[at], to })),
    training: { ...drawing.training, batchSize, epochs: 2 },
  };
  await writeFile(file, JSON.stringify(changed));
  const { bytes: foretold } = await lastLine(context.root, ['check', file, '--json', '--engine', engine]);
  const out = join(folder, `${name}-${engine}`);
  const flags = ['--json', '--engine', engine, '--out', out];
  const { peakBytes: real } = await lastLine(context.root, ['train', file, ...flags]);
  if (foretold === undefined || real === undefined) throw new Error('Nothing was told of memory.');
  context.say(`${name} by ${engine}: ${inWords(foretold)} foretold, ${inWords(real)} in all`);
  return { foretold, real };
}

async function lastLine(
  root: string,
  args: readonly string[],
): Promise<{ readonly bytes?: number; readonly peakBytes?: number }> {
  const { text, errors } = await commandLine(root, args);
  const line = text.trim().split('\n').at(-1);
  if (!line?.startsWith('{')) throw new Error(`Nothing came of ${args[0]}: ${errors}`);
  return JSON.parse(line);
}
