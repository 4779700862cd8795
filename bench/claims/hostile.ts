import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readers } from '../fuzz/readers';
import { sizeOf, warmed, writeBombs } from './bombs';
import type { Claim } from './claim';

/** The matrix of `reliability.md`, as far as it is of files: where its cases are, and how many there are at least. */
const MATRIX = [
  { form: 'zip', tests: ['main/models/checked-archive', 'main/models/model-file'], least: 70 },
  { form: 'safetensors', tests: ['main/train/read-safetensors'], least: 15 },
  {
    form: 'JSON',
    tests: ['shared/document/document-text', 'shared/document/range-problems'],
    least: 40,
  },
  { form: 'PNG', tests: ['shared/sharing/drawing-picture'], least: 10 },
  { form: 'ONNX and h5', tests: ['main/import/hostile', 'main/hdf5/read-hdf5'], least: 30 },
  { form: 'data', tests: ['main/data/idx/open-idx', 'main/data/npy/open-npy'], least: 60 },
] as const;
/** Seconds, and bytes of memory, that a bomb may take. */
const [SECONDS, BYTES] = [2, 128 * 1024 ** 2];
/** Of fuzzing a reader: `HOURGLASS_FUZZ_MINUTES=10 npm run claims -- --only hostile`. */
const MINUTES = Number(process.env.HOURGLASS_FUZZ_MINUTES ?? 0.25);

export const hostile: Claim = {
  name: 'hostile',
  bar: `hostile zip, safetensors, JSON, PNG, ONNX, h5 and data files: every case of the matrix refused with its Problem; bombs in ≤ ${SECONDS} s and ≤ ${BYTES / 1024 ** 2} MiB more memory; ${readers.length} readers fuzzed for ${MINUTES} minutes each: 0 crashes`,
  data: null,
  async check({ root, say }) {
    const cases = await matrixCases(root);
    for (const { form, passed, failed } of cases) say(`${form}: ${passed} cases passed, ${failed} failed`);
    const bombs = await defused(root, say);
    const fuzzed = await fuzz(root, say);
    const passed = cases.reduce((sum, each) => sum + each.passed, 0);
    const failed = cases.reduce((sum, each) => sum + each.failed, 0);
    const slowest = Math.max(...bombs.map(({ seconds }) => seconds));
    const most = Math.max(...bombs.map(({ grown }) => grown)) / 1024 ** 2;
    const good = bombs.filter((bomb) => bomb.good).length;
    return {
      figure: `${passed} of ${passed + failed} cases of the matrix pass; ${good} of ${bombs.length} bombs refused in time, the slowest in ${slowest.toFixed(2)} s, memory grew by ${most.toFixed(0)} MiB at most; ${fuzzed.tried.toLocaleString('en')} files tried by ${readers.length} readers, ${fuzzed.crashes} crashes`,
      holds:
        failed === 0 &&
        cases.every((each) => each.passed >= each.least) &&
        good === bombs.length &&
        fuzzed.crashes === 0 &&
        fuzzed.readers === readers.length,
    };
  },
};

/** Runs the cases of the matrix, which are tests. */
async function matrixCases(root: string) {
  const folder = await mkdtemp(join(tmpdir(), 'hourglass-hostile-'));
  const out = join(folder, 'results.json');
  try {
    const files = MATRIX.flatMap(({ tests }) => tests.map((name) => `${name}.test.ts`));
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const program = [vitest, 'run', ...files, '--reporter=json', `--outputFile=${out}`];
    const { stderr } = spawnSync(process.execPath, program, { cwd: root, encoding: 'utf8' });
    const text = await readFile(out, 'utf8').catch(() => null);
    if (text === null) throw new Error(`The cases could not be run: ${stderr.slice(-1000)}`);
    const { testResults }: { testResults: readonly TestResult[] } = JSON.parse(text);
    return MATRIX.map(({ form, tests, least }) => {
      const own = testResults.filter(({ name }) => tests.some((test) => name.endsWith(`${test}.test.ts`)));
      const all = own.flatMap(({ assertionResults }) => assertionResults);
      const passed = all.filter(({ status }) => status === 'passed').length;
      const broken = own.length === tests.length ? 0 : 1;
      return { form, least, passed, failed: all.length - passed + broken };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What of vitest's results matters here. */
interface TestResult {
  readonly name: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

async function defused(root: string, say: (line: string) => void) {
  const folder = await mkdtemp(join(tmpdir(), 'hourglass-bombs-'));
  const program = join(root, 'dist', 'claims', 'bomb-child.mjs');
  try {
    const outcomes: { good: boolean; seconds: number; grown: number }[] = [];
    for (const bomb of await writeBombs(folder)) {
      await warmed(bomb.path);
      const { stdout, stderr } = spawnSync(process.execPath, [program, bomb.path], { encoding: 'utf8' });
      const line = stdout.split('\n').find((each) => each.startsWith('{'));
      if (!line) throw new Error(`${bomb.name}: ${stderr.slice(-1000)}`);
      const { code, message, seconds, grown } = JSON.parse(line);
      const good = code === bomb.code && seconds <= SECONDS && grown <= BYTES;
      const size = `${((await sizeOf(bomb)) / 1e6).toFixed(1)} MB`;
      const cost = `${seconds.toFixed(2)} s, ${(grown / 1024 ** 2).toFixed(0)} MiB more memory`;
      say(`${good ? 'refused' : 'NOT AS EXPECTED'}: ${bomb.name} (${size}): ${code} “${message}”, ${cost}`);
      outcomes.push({ good, seconds, grown });
    }
    return outcomes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `npm run fuzz`, each reader in turn. */
function fuzz(root: string, say: (line: string) => void) {
  const program = [join(root, 'scripts', 'fuzz.mjs'), '--minutes', String(MINUTES)];
  return new Promise<{ tried: number; crashes: number; readers: number }>((resolve, reject) => {
    const child = spawn(process.execPath, program, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      say(chunk.toString().trim());
      text += chunk;
    });
    child.on('error', reject);
    child.on('close', () => {
      const tried = [...text.matchAll(/^\S+: ([\d,]+) tried/gm)].map(([, count = '']) =>
        Number(count.replaceAll(',', '')),
      );
      const crashes = /^(\d+) crashes$/m.exec(text)?.[1];
      const sum = tried.reduce((total, count) => total + count, 0);
      // One that ended by itself was a crash of all.
      resolve({
        tried: sum,
        crashes: crashes === undefined ? Number.POSITIVE_INFINITY : Number(crashes),
        readers: tried.length,
      });
    });
  });
}
