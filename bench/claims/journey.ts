import { spawnSync } from 'node:child_process';
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
