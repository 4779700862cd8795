import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Command, Option } from 'commander';
import { claims } from './catalogue';
import type { Claim, ClaimContext, CompletedRun } from './claim';

// `npm run claims`: checks what Hourglass is said to do, and prints a table.

const root = process.env.HOURGLASS_ROOT ?? process.cwd();
const names = claims.map(({ name }) => name);
const options = new Command('npm run claims --')
  .description('Checks what Hourglass is said to do, on real data, through the command line.')
  .addOption(new Option('--only <name>', 'one claim alone').choices(names))
  .option('--data <dir>', 'where mnist, cifar10 and ecg5000 lie', join(root, '..', 'shared', 'data'))
  .option('--json', 'a line of JSON a claim, instead of a table')
  .parse()
  .opts<{ only?: string; data: string; json?: boolean }>();
const dataFolder = resolve(options.data);
const chosen = claims.filter(({ name }) => options.only === undefined || name === options.only);

let runs = 0;
const context: ClaimContext = { dataFolder, root, train, say };
const rows: { claim: string; figure: string; bar: string; holds: boolean | null }[] = [];
for (const claim of chosen) {
  say(`${claim.name}: ${claim.bar}`);
  const row = { claim: claim.name, bar: claim.bar, ...(await checked(claim)) };
  rows.push(row);
  say(`${row.claim}: ${row.figure}, holds: ${row.holds}`);
  if (options.json) process.stdout.write(`${JSON.stringify(row)}\n`);
}
if (!options.json) {
  const line = (...cells: string[]) => `| ${cells.join(' | ')} |\n`;
  process.stdout.write(line('claim', 'bar', 'figure', 'holds'));
  process.stdout.write(line('---', '---', '---', '---'));
  for (const { claim, bar, figure, holds } of rows) {
    process.stdout.write(line(claim, bar, figure, holds === null ? 'not checked' : holds ? 'yes' : '**no**'));
  }
}
process.exitCode = rows.every(({ holds }) => holds === true) ? 0 : 1;

/** @returns `holds: null` where it could not be checked, with the reason as its figure */
async function checked(claim: Claim): Promise<{ figure: string; holds: boolean | null }> {
  if (claim.data !== null && !existsSync(join(dataFolder, claim.data))) {
    return { figure: `there is no ${claim.data} in the data folder; --data says where it lies`, holds: null };
  }
  try {
    return await claim.check(context);
  } catch (error) {
    return { figure: error instanceof Error ? error.message : String(error), holds: false };
  }
}

/** A line of JSON, as far as claims look at it; figures are there once the run has completed. */
type Told = Omit<CompletedRun, 'terms'> & { event: string; terms?: Record<string, number> };

/** `npm start -- train`, without npm in between; what it writes is kept under `dist/claims/runs`. */
async function train(drawing: string, flags: readonly string[]): Promise<CompletedRun> {
  runs += 1;
  const name = basename(drawing, '.hourglass');
  const file = isAbsolute(drawing) ? drawing : join(root, 'examples', `${drawing}.hourglass`);
  const out = join(root, 'dist', 'claims', 'runs', `${name}-${runs}`);
  const start = join(root, 'scripts', 'start.mjs');
  const program = [start, 'train', file, '--json', '--force', '--out', out, ...flags];
  say(`npm start -- train ${relative(root, file)} --json ${flags.join(' ')}`);
  const child = spawn(process.execPath, program, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  let last: Told | null = null;
  const terms: Record<string, number>[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const told: Told = JSON.parse(line);
    if (told.event === 'epoch') say(line);
    if (told.terms && (told.event === 'epoch' || terms.length === 0)) terms.push(told.terms);
    last = told;
  }
  if (last?.event === 'completed') return { ...last, terms };
  throw new Error(`Training ${drawing} did not complete: ${errors.join('').trim().slice(-2000)}`);
}

function say(line: string): void {
  process.stderr.write(`  ${line}\n`);
}
