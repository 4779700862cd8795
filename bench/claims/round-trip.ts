import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { alsoInstalled, pythonEnvironment } from '../python-environment';
import type { Claim, ClaimContext } from './claim';

/** What may be between the outputs of the first model and of what came back, of the largest output (1 at least). */
const BAR = 1e-5;
/** The forms that models come in (`NAME.FORM.ENDING`), in which they go back, and how many there are. */
const FORMS = [
  { form: 'keras', ending: 'keras', to: 'keras', models: 20 },
  { form: 'h5', ending: 'h5', to: 'keras', models: 20 },
  { form: 'tf2onnx', ending: 'onnx', to: 'onnx', models: 20 },
  { form: 'torch', ending: 'onnx', to: 'onnx', models: 8 },
] as const;

interface Told {
  readonly name: string;
  readonly form: string;
  readonly difference: number | null;
  readonly largest: number;
}

export const roundTrip: Claim = {
  name: 'round-trip',
  bar: `20 mirrored models, Keras (.keras and .h5) → Hourglass → Keras and ONNX → Hourglass → ONNX, and 8 of PyTorch’s ONNX: outputs equal to ${BAR} × max(1, largest output)`,
  data: null,
  async check(context) {
    const { root, say } = context;
    const environment = await pythonEnvironment(join(root, '.cache', 'bench', 'python'));
    if ('reason' in environment) throw new Error(environment.reason);
    const { python } = environment;
    const missing = await alsoInstalled(python, PACKAGES);
    if (missing.length > 0) throw new Error(`Python has no ${missing.join(', ')}`);
    const folder = join(root, 'dist', 'claims', 'round-trip');
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const script = join(root, 'bench', 'claims', 'round_trip.py');
    say('Making models by Keras …');
    await run(python, [script, 'make', folder]);
    say('Making models by PyTorch …');
    // In a process of its own: its LLVM does not go with that of Keras.
    await run(python, [script, 'make-torch', folder]);
    const failures = await throughHourglass(context, folder);
    say('Running what came back …');
    const lines = (await run(python, [script, 'check', folder]))
      .split('\n')
      .filter((line) => line.startsWith('{'));
    const told: Told[] = lines.map((line) => JSON.parse(line));
    const figures = FORMS.map((each) => figureOf(each, told));
    const holds = failures.length === 0 && figures.every(({ good }) => good);
    return { figure: [...figures.map(({ text }) => text), ...failures].join('; '), holds };
  },
};

/** Python's packages by the modules they are imported as. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  keras: ['tensorflow-cpu', 'keras'],
  tf2onnx: ['tf2onnx', 'onnx'],
  onnxruntime: ['onnxruntime'],
  torch: ['torch'],
};

/** Imports every model and exports it again. @returns what went wrong */
async function throughHourglass({ root, say }: ClaimContext, folder: string): Promise<string[]> {
  const failures: string[] = [];
  const cli = join(root, 'dist', 'cli.mjs');
  for (const { form, ending, to } of FORMS) {
    const names = readdirSync(folder).filter((name) => name.endsWith(`.${form}.${ending}`));
    say(`Taking ${names.length} models through Hourglass as ${form} …`);
    for (const file of names) {
      const name = file.slice(0, -form.length - ending.length - 2);
      const kept = join(folder, `${name}-${form}.hourglass`);
      try {
        await run(process.execPath, [cli, 'import', join(folder, file), '--out', kept, '--force']);
        const out = join(folder, `${name}.back-${form}.${to}`);
        await run(process.execPath, [cli, 'export', kept, '--to', to, '--out', out]);
      } catch (error) {
        failures.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  return failures;
}

function figureOf({ form, models }: (typeof FORMS)[number], told: readonly Told[]) {
  const own = told.filter((each) => each.form === form);
  const shares = own.map(({ difference, largest }) => (difference ?? Number.NaN) / Math.max(1, largest));
  const worst = Math.max(...shares);
  const good = own.length === models && shares.every((share) => share <= BAR);
  return { text: `${form}: ${own.length} models, at most ${worst.toPrecision(2)}`, good };
}

/** @returns what it wrote on stdout @throws with the end of what it wrote on stderr */
function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', HOURGLASS_NO_DOWNLOAD: '1' };
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk) => {
      said.out += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      said.err = (said.err + String(chunk)).slice(-2_000);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(said.out);
      else reject(new Error(said.err.trim().split('\n').slice(-3).join(' ')));
    });
  });
}
