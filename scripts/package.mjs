// `npm run package`: packages the desktop app for this machine (electron-builder.yml) and says what it made.
// Words after `--` go to electron-builder: `npm run package -- --dir` makes the folder alone, without an installer.
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkNode, ensureBuild, ensurePackages } from './setup.mjs';
import { root, run, say } from './terminal.mjs';

checkNode();
await ensurePackages();
await ensureBuild();

const output = join(root, 'dist/packages');
rmSync(output, { recursive: true, force: true });
const { code } = await run(
  join(root, 'node_modules/.bin/electron-builder'),
  ['--publish', 'never', ...ownElectron(), ...process.argv.slice(2)],
  // Nobody signs by accident with a certificate that lies on this machine.
  { env: { CSC_IDENTITY_AUTO_DISCOVERY: process.env.CSC_LINK ? 'true' : 'false' } },
);
if (code !== 0) {
  say(
    'The app could not be packaged: see above. Electron is fetched from its release server; where that can’t be ' +
      'reached, ELECTRON_OVERRIDE_DIST_PATH names a folder that holds an unpacked one.',
  );
  process.exit(1);
}
for (const name of readdirSync(output)) {
  const path = join(output, name);
  const isApp = statSync(path).isDirectory();
  if (isApp || /\.(AppImage|deb|dmg|exe)$/.test(name)) {
    process.stdout.write(`${relative(root, path)}: ${megabytes(sizeOf(path))} MB\n`);
  }
}

/** An Electron that lies here already, in place of the one electron-builder would fetch. */
function ownElectron() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return [];
  const version = join(folder, 'version');
  if (!existsSync(version)) {
    say(
      `ELECTRON_OVERRIDE_DIST_PATH should be a folder that holds an unpacked Electron, but ${folder} has no file “version”.`,
    );
    process.exit(1);
  }
  const number = readFileSync(version, 'utf8').trim().replace(/^v/, '');
  return [`-c.electronDist=${folder}`, `-c.electronVersion=${number}`];
}

function sizeOf(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}
