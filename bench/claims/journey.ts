import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a journey of `e2e/journeys` came to, in real Chromium. */
export interface JourneyOutcome {
  readonly passed: number;
  readonly failed: number;
  /** By the names under which the journey told them (`tellFigure`); where it told one several times, the last. */
  readonly figures: ReadonlyMap<string, number>;
}

/**
 * Runs one file of journeys as `npm run e2e -- --project=chromium FILE` does.
 *
 * @param file as `browser/many-blocks.spec.ts`
 * @throws where none was run
 */
export function outcomeOfJourney(root: string, file: string): JourneyOutcome {
  const program = [join(root, 'scripts', 'e2e.mjs'), '--project=chromium', '--reporter=list', file];
  const { stdout, stderr } = spawnSync(process.execPath, program, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CI: '', HOURGLASS_FIGURES: 'full' },
    maxBuffer: 2 ** 28,
  });
  const count = (word: string) => Number(new RegExp(`^\\s*(\\d+) ${word}`, 'm').exec(stdout)?.[1] ?? 0);
  const [passed, failed] = [count('passed'), count('failed')];
  if (passed + failed === 0) throw new Error(`The journey did not run: ${(stderr || stdout).slice(-2000)}`);
  const figures = new Map<string, number>();
  for (const [, name = '', value] of stdout.matchAll(/^figure ([^:]+): (\S+)/gm))
    figures.set(name, Number(value));
  return { passed, failed, figures };
}

interface ReportedStep {
  readonly title: string;
  readonly error?: unknown;
  readonly steps?: readonly ReportedStep[];
}

interface ReportedSuite {
  readonly file: string;
  readonly specs?: readonly {
    readonly title: string;
    readonly ok: boolean;
    readonly tests: readonly {
      readonly results: readonly { readonly steps?: readonly ReportedStep[] }[];
    }[];
  }[];
  readonly suites?: readonly ReportedSuite[];
}

/**
 * Runs files of journeys, and tells of each test and each of its steps, as `browser/adding.spec.ts TITLE`, whether it passed.
 *
 * @throws where none was run
 */
export function seenInJourneys(
  root: string,
  project: 'chromium' | 'electron',
  files: readonly string[],
): Map<string, boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-journeys-'));
  const report = join(folder, 'report.json');
  try {
    const program = [join(root, 'scripts', 'e2e.mjs'), `--project=${project}`, '--reporter=json'];
    // Names of files are patterns to Playwright: of `exports.spec.ts` only that of this folder is meant.
    const patterns = files.map((file) => `journeys/${file}`);
    const { stdout, stderr } = spawnSync(process.execPath, [...program, ...patterns], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, CI: '', PLAYWRIGHT_JSON_OUTPUT_NAME: report },
      maxBuffer: 2 ** 28,
    });
    const { suites } = readReport(report, stderr || stdout);
    const seen = new Map<string, boolean>();
    const takeSteps = (file: string, steps: readonly ReportedStep[]) => {
      for (const { title, error, steps: inner = [] } of steps) {
        seen.set(`${file} ${title}`, error === undefined);
        takeSteps(file, inner);
      }
    };
    const takeSuite = ({ file, specs = [], suites: inner = [] }: ReportedSuite) => {
      const name = file.replaceAll('\\', '/').replace(/^(.*\/)?journeys\//, '');
      for (const { title, ok, tests } of specs) {
        seen.set(`${name} ${title}`, ok);
        for (const { results } of tests) takeSteps(name, results.at(-1)?.steps ?? []);
      }
      for (const suite of inner) takeSuite(suite);
    };
    for (const suite of suites) takeSuite(suite);
    return seen;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file: string, said: string): { suites: readonly ReportedSuite[] } {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`The journeys did not run: ${said.slice(-2000)}`, { cause: error });
  }
}
