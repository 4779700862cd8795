// Everything `npm start` and `npm test` need before their own work: packages and the build. No dependencies.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, run, say } from './terminal.mjs';

const modules = join(root, 'node_modules');
const installedStamp = join(modules, '.hourglass-installed');
const builtStamp = join(root, 'dist', '.hourglass-built');
const oldBuiltStamp = join(root, 'dist', 'electron-9', '.hourglass-built');

/** Refuses a Node that is too old, with a sentence that says what to do. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(
    `Hourglass needs Node 20.19 or newer; this is ${process.versions.node}. Install a current Node and try again.`,
  );
  process.exit(1);
}

/** Installs the locked packages when they are absent or the lock file has changed since. */
export async function ensurePackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (readIfThere(installedStamp) === wanted) return;
  say('Installing packages (once; about a minute) …');
  // onnxruntime-node carries its CPU binaries; its install script would only fetch GPU extras.
  const env = { ONNXRUNTIME_NODE_INSTALL: 'skip' };
  // Not `npm ci`: it refuses a lock file from which another platform's optional package is missing, as happens where
  // a registry does not carry all of them. This keeps to the lock file too, and does not write it.
  const install = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  let { code } = await run('npm', install, { env });
  if (code !== 0) {
    say('That failed; trying once more …');
    ({ code } = await run('npm', install, { env }));
  }
  if (code !== 0) {
    say(
      'The packages could not be installed: npm says why above. `npm ping` tells whether its registry can be reached.',
    );
    process.exit(1);
  }
  writeFileSync(installedStamp, wanted);
}

/** Builds `dist/` when a source is newer than it. */
export async function ensureBuild() {
  await ensureBuilt('build.mjs', builtStamp);
}

/** Builds `dist/electron-9/`, which tests alone use, when a source is newer than it. */
export async function ensureOldElectronBuild() {
  await ensureBuilt('build-old-electron.mjs', oldBuiltStamp);
}

async function ensureBuilt(script, stamp) {
  const parts = ['electron-programs', 'node-programs', 'third-party-licenses'];
  const recipes = [script, ...parts.map((name) => `${name}.mjs`)].map((name) => `scripts/${name}`);
  const build = [
    ...recipes,
    'electron-builder.yml',
    'package.json',
    'package-lock.json',
    'docs/benchmarks.md',
  ];
  const sources = fingerprint(['app', 'main', 'renderer', 'shared', 'examples', ...build]);
  if (readIfThere(stamp) === sources) return;
  say('Building …');
  rmSync(stamp, { force: true });
  const { code, output } = await run(process.execPath, [join(root, 'scripts', script)], { quiet: true });
  if (code !== 0) {
    say(output);
    say('The build failed: see above.');
    process.exit(1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, sources);
}

/** Changes when any of these files does, or a file in one of these folders; paths in the repository. */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const stat = statSync(path);
    if (stat.isDirectory()) {
      for (const name of readdirSync(path).sort()) if (!name.startsWith('.')) visit(join(path, name));
    } else {
      hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
    }
  };
  for (const name of paths) if (existsSync(join(root, name))) visit(join(root, name));
  return hash.digest('hex');
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
