import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readers } from './readers';
import { randomNumbers, tampered } from './tampering';

// `npm run fuzz`: gives readers files that were tampered with. What makes one crash, hang or swell is written to disk; such a
// case, mended, goes into `bench/fuzz/cases`, where `cases.test.ts` reads it for ever after.

const positive = (text: string) => {
  const value = Number(text);
  if (value > 0) return value;
  throw new InvalidArgumentError('Expected a number above 0.');
};
const options = new Command('npm run fuzz --')
  .description('Gives readers of files what was tampered with.')
  .addOption(new Option('--reader <name>', 'one reader alone').choices(readers.map(({ name }) => name)))
  .option('--minutes <n>', 'for each reader', positive, 10)
  .option('--seed <n>', 'where the random numbers begin', positive, 1)
  .parse()
  .opts<{ reader?: string; minutes: number; seed: number }>();

/** Seconds of computing after which reading counts as hanging: files here have some kilobytes. */
const HANGS = 5;
/** And of waiting, on a machine that may be busy with other things. */
const WAITS = 120;
/** Bytes of memory beyond the start's that no reading of such files may need. */
const SWELLS = 512 * 1024 ** 2;

const root = process.env.HOURGLASS_ROOT ?? process.cwd();
const found = join(root, 'dist', 'fuzz', 'found');
const folder = await mkdtemp(join(tmpdir(), 'hourglass-fuzz-'));
let inHand: { readonly name: string; readonly bytes: Uint8Array } | null = null;
let crashes = 0;

/** Seconds that this process has computed. */
function computed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function tell(why: string): Promise<void> {
  crashes += 1;
  process.exitCode = 1;
  if (!inHand) {
    process.stderr.write(`${why}\n`);
    return;
  }
  await mkdir(found, { recursive: true });
  const path = join(found, `${inHand.name}-${options.seed}-${crashes}.bin`);
  await writeFile(path, inHand.bytes);
  process.stderr.write(`${inHand.name}: ${why}\n  in ${path}\n`);
}

process.on('uncaughtException', (error) => void tell(`thrown where nobody catches: ${error.stack}`));
process.on('unhandledRejection', (error) => void tell(`rejected where nobody waits: ${String(error)}`));

for (const reader of readers.filter(({ name }) => !options.reader || name === options.reader)) {
  const below = randomNumbers(options.seed);
  const seeds = await reader.seeds();
  const until = performance.now() + options.minutes * 60_000;
  const memory = process.memoryUsage().rss;
  const stoppedBefore = reader.stopped?.() ?? 0;
  let [tried, refused, most, longest] = [0, 0, 0, 0];
  inHand = null;
  for (const seed of seeds) await reader.read(seed, folder);
  while (performance.now() < until) {
    const seed = seeds[below(seeds.length)]!;
    const change = (bytes: Uint8Array) => tampered(bytes, below);
    const bytes = reader.tamper ? await reader.tamper(seed, change, below) : change(seed);
    inHand = { name: reader.name, bytes };
    const since = computed();
    const hanging = setTimeout(() => void tell(`is not done after ${WAITS} s`), WAITS * 1000);
    try {
      await reader.read(bytes, folder);
    } catch (error) {
      if (reader.isRefusal(error)) refused += 1;
      else await tell(error instanceof Error ? String(error.stack) : String(error));
    }
    clearTimeout(hanging);
    const seconds = computed() - since;
    if (seconds > HANGS) await tell(`computes for ${seconds.toFixed(1)} s`);
    longest = Math.max(longest, 1000 * seconds);
    tried += 1;
    if (tried % 100 === 0) most = Math.max(most, process.memoryUsage().rss - memory);
  }
  if (most > SWELLS) await tell(`needs ${Math.round(most / 1e6)} MB of memory`);
  await reader.end?.();
  const stopped = (reader.stopped?.() ?? 0) - stoppedBefore;
  const inTime = stopped > 0 ? ` (${stopped.toLocaleString('en')} of them at the deadline)` : '';
  const figures = `${tried.toLocaleString('en')} tried, ${refused.toLocaleString('en')} refused${inTime}, the others read`;
  process.stdout.write(
    `${reader.name}: ${figures}; the longest took ${Math.round(longest)} ms of computing, memory grew by ${Math.round(most / 1e6)} MB at most\n`,
  );
}
await rm(folder, { recursive: true, force: true });
process.stdout.write(`${crashes} crashes\n`);
process.exitCode = crashes === 0 ? 0 : 1;
