// Looks into a packaged app: what is inside, how large it is, and how Electron's fuses are set.
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './terminal.mjs';

/** The packages that are carried, each for its native parts, because one of those needs it, or as few need it (HDF5). */
const CARRIED = [
  '@img/colour',
  '@img/sharp-*',
  '@tensorflow/tfjs-node',
  'detect-libc',
  'h5wasm',
  'node-api-headers',
  'onnxruntime-common',
  'onnxruntime-node',
  'semver',
  'sharp',
];
/** What runs from beside the archive. */
const PROGRAMS = [
  'engine.mjs',
  'pca-worker.mjs',
  'code-worker.mjs',
  'hdf5-worker.mjs',
  'layers-model-worker.mjs',
  'onnx-worker.mjs',
  'tensorflow-fetch.mjs',
];
/** Whose work is in it; the tests' own package has none. */
const LICENSES = 'third-party-licenses.txt';
/** Of a package, more than Electron and the engine may take a third of Electron's size. */
const BAR = 1.3;
/** Is in the bridge to an old Electron and nowhere else. */
const BRIDGE_MARK = 'HOURGLASS_ENGINE_PIPE';

/**
 * @param {{folder: string, resources: string, program: string}} app
 * @param {object} [expected] what is otherwise in a package for tests
 * @param {boolean} [expected.bridged] built for an old Electron, which also has no fuses yet
 * @param {boolean} [expected.withoutElectron] around a stand-in, so that its size tells nothing
 * @param {Readonly<Record<string, boolean>>} [expected.fuses] set otherwise than in electron-builder.yml
 * @returns {Promise<{figures: readonly string[], faults: readonly string[]}>}
 */
export async function checkPackage(app, { bridged = false, withoutElectron = false, fuses = {} } = {}) {
  const size = withoutElectron ? { figures: [], faults: [] } : measure(app);
  const states = bridged
    ? { figures: ['fuses: not applicable, Electron has them since 12'], faults: [] }
    : await checkFuses(app, { ...configuredFuses(), ...fuses });
  return {
    figures: [...size.figures, ...states.figures],
    faults: [...size.faults, ...checkContents(app, bridged), ...states.faults],
  };
}

/** The packaged folder against the Electron in it, with the engine (ONNX Runtime and sharp) on top. */
function measure({ folder, resources }) {
  const whole = sizeOf(folder);
  const modules = join(resources, 'app.asar.unpacked/node_modules');
  const engine = sizeOf(join(modules, 'onnxruntime-node')) + sizeOf(join(modules, '@img'));
  const own = sizeOf(join(resources, 'app.asar')) + sizeOf(join(resources, 'app.asar.unpacked'));
  const electron = whole - own;
  const share = (whole - engine) / electron;
  const figure =
    `${megabytes(whole)} = Electron ${megabytes(electron)} + engine ${megabytes(engine)} + ` +
    `all else ${megabytes(own - engine)}; without the engine ${share.toFixed(2)} × Electron (at most ${BAR})`;
  const faults = [];
  if (share > BAR)
    faults.push(`it is too large: ${share.toFixed(2)} × Electron without the engine, of ${BAR}`);
  if (engine === 0) faults.push('it carries no engine');
  return { figures: [figure], faults };
}

function checkContents({ resources }, bridged) {
  const faults = [];
  const archive = join(resources, 'app.asar');
  const unpacked = join(resources, 'app.asar.unpacked');
  const { inside, beside } = filesOfArchive(archive);
  const all = [...inside, ...beside];
  const demand = (path, where) => {
    if (!where.includes(path)) faults.push(`${path} is missing`);
  };
  for (const path of [
    'package.json',
    'dist/electron/main.cjs',
    'dist/electron/preload.cjs',
    'dist/window/index.html',
  ])
    demand(path, inside);
  for (const name of PROGRAMS) demand(`dist/${name}`, beside);
  const native = `node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}/`;
  // ONNX Runtime has no binaries for Intel Macs.
  if (!(process.platform === 'darwin' && process.arch === 'x64'))
    demand(`${native}onnxruntime_binding.node`, beside);
  for (const name of ['tfjs_binding.cc', 'tfjs_backend.cc', 'tfjs_backend.h'])
    demand(`node_modules/@tensorflow/tfjs-node/binding/${name}`, beside);

  if (!bridged && sizeOf(join(resources, LICENSES)) === 0) faults.push(`${LICENSES} is missing`);

  const carried = new Set(
    all.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
  );
  const allowed = CARRIED.map((name) => new RegExp(`^${name.replace('*', '[\\w-]+')}$`));
  for (const name of carried)
    if (!allowed.some((pattern) => pattern.test(name))) faults.push(`the package ${name} is not needed`);
  for (const [index, pattern] of allowed.entries())
    if (![...carried].some((name) => pattern.test(name)))
      faults.push(`the package ${CARRIED[index]} is missing`);

  for (const path of all) {
    if (/\.(map|tsx?|mts|cts|md|markdown)$/.test(path) || /\/(tests?|__tests__|docs|examples?)\//.test(path))
      faults.push(`${path} is of no use to anybody who runs the app`);
    if (/\/bin\/napi-v6\//.test(path) && !path.startsWith(native))
      faults.push(`${path} is for another machine`);
    if (/tensorflow.*\.(so|dll|dylib)/.test(path)) faults.push(`${path}: TensorFlow is fetched, not carried`);
    if (/\.(node|dll|dylib)$|\.so(\.[\d.]+)?$/.test(path) && !beside.includes(path))
      faults.push(`${path} can't be loaded from within the archive`);
  }

  const hasBridge = [archive, ...PROGRAMS.map((name) => join(unpacked, 'dist', name))].some((path) =>
    textIn(path, BRIDGE_MARK),
  );
  if (hasBridge && !bridged) faults.push('the bridge to an old Electron is in it, which is for tests alone');
  if (!hasBridge && bridged) faults.push('the bridge to the old Electron is not in it');
  return faults;
}

/** The archive's own list: the files inside it, and those it has beside itself. */
function filesOfArchive(path) {
  const file = openSync(path, 'r');
  try {
    const sizes = Buffer.alloc(16);
    readSync(file, sizes, 0, 16, 0);
    const header = Buffer.alloc(sizes.readUInt32LE(12));
    readSync(file, header, 0, header.length, 16);
    const inside = [];
    const beside = [];
    const visit = (entry, at) => {
      for (const [name, child] of Object.entries(entry.files)) {
        const childPath = at ? `${at}/${name}` : name;
        if (child.files) visit(child, childPath);
        else (child.unpacked ? beside : inside).push(childPath);
      }
    };
    visit(JSON.parse(header.toString('utf8')), '');
    return { inside, beside };
  } finally {
    closeSync(file);
  }
}

function textIn(path, text) {
  try {
    return readFileSync(path).includes(text);
  } catch {
    return false;
  }
}

/** How electron-builder.yml wants the fuses set. */
function configuredFuses() {
  const text = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
  const block = /^electronFuses:\r?\n((?: {2}\S.*\r?\n)+)/m.exec(text)?.[1] ?? '';
  const fuses = [...block.matchAll(/^ {2}(\w+): (true|false)/gm)]
    // An order to sign, and no fuse.
    .filter(([, name]) => name !== 'resetAdHocDarwinSignature')
    .map(([, name, on]) => [name, on === 'true']);
  if (fuses.length === 0) throw new Error('electron-builder.yml says of no fuse how it is to be set');
  return Object.fromEntries(fuses);
}

async function checkFuses({ program }, wanted) {
  const read = await run(join(root, 'node_modules/.bin/electron-fuses'), ['read', '--app', program], {
    quiet: true,
    env: { NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  const states = new Map(
    [...read.output.matchAll(/(\w+) is (Enabled|Disabled|Inherited|Removed)/g)].map(([, name, state]) => [
      name,
      state,
    ]),
  );
  if (states.size === 0) return { figures: [], faults: [`its fuses can't be read: ${read.output.trim()}`] };
  const faults = Object.entries(wanted).flatMap(([name, on]) => {
    const state = states.get(name.charAt(0).toUpperCase() + name.slice(1)) ?? 'unknown';
    return state === (on ? 'Enabled' : 'Disabled')
      ? []
      : [`the fuse ${name} should be ${on ? 'on' : 'off'} and is ${state.toLowerCase()}`];
  });
  const figures = [
    `fuses: ${[...states].map(([name, state]) => `${name} ${state.toLowerCase()}`).join(', ')}`,
  ];
  return { figures, faults };
}

/** The bytes of a file, or of all files in a folder; 0 where there is nothing. Links are not followed. */
export function sizeOf(path) {
  let stat;
  try {
    stat = lstatSync(path);
  } catch {
    return 0;
  }
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

export function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
