import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Claim } from './claim';

/** Milliseconds, as the journey tells them. */
interface Figures {
  readonly firstPaint: number;
  readonly pan: number;
  readonly decode: number;
}

export const codes: Claim = {
  name: 'codes',
  bar: '10,000 codes in the map, real Chromium: first paint ≤ 500 ms, pan ≤ 8 ms of script and layout a frame, click to decoded picture ≤ 50 ms, both at the median',
  data: null,
  async check({ root }) {
    const program = [join(root, 'scripts', 'e2e.mjs'), '--project=chromium', 'browser/code-figures'];
    const env = { ...process.env, HOURGLASS_FIGURES: 'full' };
    const journey = spawnSync(process.execPath, program, {
      cwd: root,
      encoding: 'utf8',
      env,
      maxBuffer: 2 ** 26,
    });
    const told = /figures of the codes: (\{.*\})/.exec(journey.stdout)?.[1];
    if (told === undefined) throw new Error(`The journey told no figures: ${journey.stdout.slice(-1000)}`);
    const { firstPaint, pan, decode }: Figures = JSON.parse(told);
    return {
      figure: `first paint ${firstPaint.toFixed(0)} ms, pan ${pan.toFixed(1)} ms, decode ${decode.toFixed(0)} ms`,
      holds: firstPaint <= 500 && pan <= 8 && decode <= 50,
    };
  },
};
