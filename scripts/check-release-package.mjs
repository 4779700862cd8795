// Packages the app as users get it, around a stand-in for a current Electron, and looks inside: what is carried, that
// the bridge to an old Electron is not, and that the fuses are set. So this can be seen where no current Electron is.
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageApp, unpackedApp } from './electron-builder.mjs';
import { checkPackage } from './package-check.mjs';
import { ensureBuild } from './setup.mjs';
import { root, say } from './terminal.mjs';

const folder = join(root, '.cache/release-package');
const standIn = join(folder, 'electron');

await ensureBuild();
rmSync(folder, { recursive: true, force: true });
mkdirSync(join(standIn, 'resources'), { recursive: true });
mkdirSync(join(standIn, 'locales'));
writeFileSync(join(standIn, 'version'), '45.4.1');
writeFileSync(join(standIn, 'locales/en-US.pak'), '');
for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox'])
  writeFileSync(join(standIn, name), '');
// All that electron-builder does to the program is to find its fuses, eight here, and set them. These are the other way.
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
writeFileSync(join(standIn, 'electron'), Buffer.from(`${sentinel}\u0001\u000810110011`, 'latin1'));
chmodSync(join(standIn, 'electron'), 0o755);

try {
  const electron = { folder: standIn, version: '45.4.1' };
  const output = join(folder, 'package');
  const made = await packageApp({ output, electron, words: ['--linux', '--dir'], quiet: true });
  const app = made.code === 0 ? unpackedApp(output) : null;
  if (app) {
    const { figures, faults } = await checkPackage(app, { withoutElectron: true });
    for (const line of [...figures, ...faults.map((fault) => `✗ ${fault}`)]) say(line);
    process.exitCode = faults.length > 0 ? 1 : 0;
  } else {
    say(made.output);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
