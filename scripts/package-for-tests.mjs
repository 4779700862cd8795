// `node scripts/package-for-tests.mjs`: packages the app around the Electron that tests use, into dist/packages-test, and
// checks what came of it. Around Electron 9 it is the app built for that one; no user ever gets it.
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureElectronForTests } from './electron.mjs';
import { packageApp, unpackedApp } from './electron-builder.mjs';
import { checkPackage } from './package-check.mjs';
import { checkNode, ensureBuild, ensureOldElectronBuild, ensurePackages, fingerprint } from './setup.mjs';
import { root, say } from './terminal.mjs';

const output = join(root, 'dist/packages-test');
const stamp = join(output, '.hourglass-packaged.json');
const oldApp = join(root, 'dist/electron-9');
/** Playwright speaks to the main process by the inspector, which users' packages keep off. */
const fuses = { enableNodeCliInspectArguments: true };

/**
 * @typedef {{folder: string, program: string, old: boolean, figures: readonly string[], faults: readonly string[]}} Packaged
 *   its folder and its program in it, whether it is built for an old Electron, and what a look inside told
 *   (package-check.mjs).
 */

/**
 * The packaged app for tests; packaged anew when a source is newer. Exits where packaging fails.
 * @returns {Promise<Packaged | {reason: string, cure: string}>}
 */
export async function ensurePackagedForTests() {
  const electron = await ensureElectronForTests();
  if ('reason' in electron) return electron;
  await (electron.old ? ensureOldElectronBuild() : ensureBuild());
  const sources = madeOf(electron);
  const before = readStamp();
  if (before?.sources === sources) return before.packaged;
  say(`Packaging around Electron ${electron.version} …`);
  const { code, output: said } = await (electron.old ? packageOldApp(electron) : packageCurrentApp(electron));
  const app = code === 0 ? unpackedApp(output) : null;
  if (!app) {
    say(said);
    say('The app could not be packaged for the tests: see above.');
    process.exit(1);
  }
  const { figures, faults } = await checkPackage(app, electron.old ? { bridged: true } : { fuses });
  const { folder, program } = app;
  const packaged = { folder, program, old: electron.old, figures, faults };
  writeFileSync(stamp, JSON.stringify({ sources, packaged }));
  return packaged;
}

function packageCurrentApp(electron) {
  const changes = { electronFuses: { ...fuses } };
  return packageApp({ output, electron, changes, words: ['--dir'], quiet: true });
}

async function packageOldApp(electron) {
  // The packages that are carried lie in the repository; electron-builder looks for them in the app's folder.
  const modules = join(oldApp, 'node_modules');
  mkdirSync(oldApp, { recursive: true });
  rmSync(modules, { force: true });
  symlinkSync(join(root, 'node_modules'), modules, 'junction');
  try {
    // Its program has no fuses to set.
    const changes = { electronFuses: null };
    return await packageApp({ output, appFolder: oldApp, electron, changes, words: ['--dir'], quiet: true });
  } finally {
    rmSync(modules, { force: true });
  }
}

function madeOf(electron) {
  const recipes = ['package', 'package-for-tests', 'electron-builder', 'package-check', 'remove-default-app'];
  const built = electron.old ? 'dist/electron-9' : 'dist';
  const stampOfBuild = readFileSync(join(root, built, '.hourglass-built'), 'utf8');
  const rest = ['electron-builder.yml', 'LICENSE', ...recipes.map((name) => `scripts/${name}.mjs`)];
  return JSON.stringify([electron.path, electron.version, stampOfBuild, fingerprint(rest)]);
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stamp, 'utf8'));
  } catch {
    return null;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  checkNode();
  await ensurePackages();
  const packaged = await ensurePackagedForTests();
  if ('reason' in packaged) {
    say(`The app can’t be packaged here: ${packaged.reason}.\n  cure: ${packaged.cure}`);
    process.exit(1);
  }
  process.stdout.write(`${packaged.program}\n`);
  for (const line of packaged.figures) process.stdout.write(`  ${line}\n`);
  for (const line of packaged.faults) say(`  ✗ ${line}`);
  process.exitCode = packaged.faults.length > 0 ? 1 : 0;
}
