// `npm run package`: packages the desktop app for this machine (electron-builder.yml) and says what it made.
// Words after `--` go to electron-builder: `npm run package -- --dir` makes the folder alone, without an installer.
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureElectron } from './electron.mjs';
import { packagedElectronAge } from './electron-age.mjs';
import { packageApp, unpackedApp } from './electron-builder.mjs';
import { checkPackage, megabytes, sizeOf } from './package-check.mjs';
import { checkNode, ensureBuild, ensurePackages } from './setup.mjs';
import { root, say } from './terminal.mjs';

checkNode();
await ensurePackages();
const electron = process.env.ELECTRON_OVERRIDE_DIST_PATH ? await ensureElectron() : undefined;
if (electron && 'reason' in electron) fail(`${electron.reason}: ${electron.cure}.`);
if (electron?.old) {
  fail(
    `Electron ${electron.version} is too old for a package that anybody gets. ` +
      'For tests, “node scripts/package-for-tests.mjs” packages the app that is built for it.',
  );
}
const age = await packagedElectronAge(electron?.version);
if (age.ok === false) fail(age.sentence);
say(age.sentence);
await ensureBuild();

const output = join(root, 'dist/packages');
const { code } = await packageApp({ output, electron, words: process.argv.slice(2) });
const app = existsSync(output) ? unpackedApp(output) : null;
const isWhole = app && existsSync(join(app.resources, 'app.asar'));
const installers = app ? readdirSync(output).filter((name) => /\.(AppImage|deb|dmg|exe)$/.test(name)) : [];
if (code !== 0) {
  if (isWhole) tell([app.folder, ...installers.map((name) => join(output, name))]);
  fail(
    isWhole
      ? 'The app’s folder is made, but not every installer: see above. The tools that make them (AppImage, deb, dmg, ' +
          'NSIS) are fetched from github.com; let this computer reach it, or make the folder alone: ' +
          'npm run package -- --dir'
      : 'The app could not be packaged: see above. Electron itself is fetched from github.com; let this computer reach ' +
          'it, or set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds an unpacked current Electron.',
  );
}
if (!isWhole) fail(`electron-builder ended well, but left no app in ${relative(root, output)}.`);
const { figures, faults } = await checkPackage(app);
tell([app.folder, ...installers.map((name) => join(output, name))]);
for (const line of figures) process.stdout.write(`  ${line}\n`);
if (faults.length > 0)
  fail(`The package is not as it should be:\n${faults.map((one) => `  ${one}`).join('\n')}`);

function tell(made) {
  for (const path of made) process.stdout.write(`${relative(root, path)}: ${megabytes(sizeOf(path))}\n`);
}

function fail(sentence) {
  say(sentence);
  process.exit(1);
}
