// `node scripts/screens.mjs`: makes the pictures in `docs/screens` anew: the window's main states, dark and light, at
// 1280 × 720. They are taken where axe looks at them (e2e/journeys/browser/accessibility.spec.ts).
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkNode, ensurePackages } from './setup.mjs';
import { root, say } from './terminal.mjs';

checkNode();
await ensurePackages();
const { default: sharp } = await import('sharp');
const taken = mkdtempSync(join(tmpdir(), 'hourglass-screens-'));
const screens = join(root, 'docs/screens');
const code = await new Promise((resolve) => {
  const args = [join(root, 'scripts/e2e.mjs'), '--project=chromium', 'browser/accessibility.spec.ts'];
  spawn(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, HOURGLASS_SCREENS: taken },
  }).on('close', resolve);
});
if (code === 0) {
  rmSync(screens, { recursive: true, force: true });
  mkdirSync(screens);
  for (const name of readdirSync(taken)) {
    await sharp(join(taken, name))
      .png({ palette: true, colours: 128, effort: 10 })
      .toFile(join(screens, name));
  }
  say(`${readdirSync(screens).length} pictures are in docs/screens.`);
}
rmSync(taken, { recursive: true, force: true });
process.exitCode = code ?? 1;
