import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { repository } from '../host/built-engine';

interface App {
  readonly folder: string;
  readonly resources: string;
  readonly program: string;
}
interface Report {
  readonly figures: readonly string[];
  readonly faults: readonly string[];
}
// What `npm run package` asks of every package that it makes.
const {
  checkPackage,
}: {
  checkPackage(app: App, expected?: { bridged?: boolean; fuses?: Record<string, boolean> }): Promise<Report>;
} = await import(pathToFileURL(join(repository, 'scripts/package-check.mjs')).href);

const MB = 1_000_000;
const ONNX = `node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}`;
/** The fuses as electron-builder.yml has them, in the order of the wire. */
const FUSES = '01001100';

const inside = [
  'package.json',
  'dist/electron/main.cjs',
  'dist/electron/preload.cjs',
  'dist/window/index.html',
];
const beside = [
  'dist/engine.mjs',
  'dist/pca-worker.mjs',
  'dist/code-worker.mjs',
  'dist/hdf5-worker.mjs',
  'dist/layers-model-worker.mjs',
  'dist/onnx-worker.mjs',
  'dist/tensorflow-fetch.mjs',
  `${ONNX}/onnxruntime_binding.node`,
  'node_modules/onnxruntime-common/package.json',
  'node_modules/sharp/package.json',
  'node_modules/@img/colour/index.cjs',
  'node_modules/@img/sharp-linux-x64/lib/sharp.node',
  'node_modules/detect-libc/package.json',
  'node_modules/h5wasm/package.json',
  'node_modules/semver/package.json',
  'node_modules/node-api-headers/include/node_api.h',
  ...['tfjs_binding.cc', 'tfjs_backend.cc', 'tfjs_backend.h'].map(
    (name) => `node_modules/@tensorflow/tfjs-node/binding/${name}`,
  ),
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-package-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Making {
  readonly inside?: readonly string[];
  readonly beside?: readonly string[];
  readonly fuses?: string;
  readonly electronBytes?: number;
  readonly unlicensed?: boolean;
  /** The contents of a file beside the archive, by its path. */
  readonly contents?: Readonly<Record<string, string | Buffer>>;
}

/** A package with what is asked of one, but for what is given. */
function make(making: Making = {}): App {
  const resources = join(folder, 'resources');
  const program = join(folder, 'hourglass');
  const files = {
    inside,
    beside,
    fuses: FUSES,
    electronBytes: 10 * MB,
    unlicensed: false,
    contents: {},
    ...making,
  };
  const tree: Record<string, unknown> = {};
  const enter = (path: string, entry: object) => {
    const names = path.split('/');
    const name = names.pop() ?? '';
    let at = tree;
    for (const part of names) {
      at[part] ??= { files: {} };
      at = (at[part] as { files: Record<string, unknown> }).files;
    }
    at[name] = entry;
  };
  for (const path of files.inside) enter(path, { size: 0, offset: '0' });
  for (const path of files.beside) {
    enter(path, { size: 0, unpacked: true });
    const file = join(resources, 'app.asar.unpacked', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, files.contents[path] ?? 'x');
  }
  if (!files.unlicensed) {
    mkdirSync(resources, { recursive: true });
    writeFileSync(join(resources, 'third-party-licenses.txt'), 'MIT');
  }
  const header = Buffer.from(JSON.stringify({ files: tree }));
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(header.length, 12);
  mkdirSync(resources, { recursive: true });
  writeFileSync(join(resources, 'app.asar'), Buffer.concat([sizes, header]));
  const wire = Buffer.from(`dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0008${files.fuses}`, 'latin1');
  writeFileSync(program, Buffer.concat([Buffer.alloc(files.electronBytes), wire]));
  return { folder, resources, program };
}

const faultsOf = async (making: Making) => (await checkPackage(make(making))).faults;

it('finds nothing wrong with a package as it should be', async () => {
  const { figures, faults } = await checkPackage(make());
  expect(faults).toEqual([]);
  expect(figures[0]).toMatch(/^10\.0 MB = Electron 10\.0 MB \+ engine 0\.0 MB/);
  expect(figures[1]).toContain('RunAsNode disabled');
});

it('names each fuse that is not set as configured', async () => {
  expect(await faultsOf({ fuses: '11001101' })).toEqual([
    'the fuse runAsNode should be off and is enabled',
    'the fuse grantFileProtocolExtraPrivileges should be off and is enabled',
  ]);
  expect(await faultsOf({ fuses: '0100' })).toContain(
    'the fuse onlyLoadAppFromAsar should be on and is unknown',
  );
});

it('says when more than Electron and the engine is too large', async () => {
  const contents = (path: string, bytes: number) => ({ contents: { [path]: Buffer.alloc(bytes) } });
  const heavyEngine = contents(`${ONNX}/onnxruntime_binding.node`, 5 * MB);
  expect((await faultsOf(heavyEngine)).filter((fault) => fault.includes('too large'))).toEqual([]);
  expect(await faultsOf(contents('dist/engine.mjs', 3.1 * MB))).toContain(
    'it is too large: 1.31 × Electron without the engine, of 1.3',
  );
});

it.each([
  ['a source map', 'dist/engine.mjs.map', 'is of no use'],
  ['types', 'node_modules/sharp/dist/index.d.mts', 'is of no use'],
  ['a package’s tests', 'node_modules/semver/test/index.js', 'is of no use'],
  ['a package nobody asked for', 'node_modules/tar/index.js', 'the package tar is not needed'],
  [
    'another system’s engine',
    'node_modules/onnxruntime-node/bin/napi-v6/plan9/mips/onnxruntime_binding.node',
    'for another machine',
  ],
  ['TensorFlow', 'node_modules/@tensorflow/tfjs-node/deps/lib/libtensorflow.so.2', 'fetched, not carried'],
])('does not let %s in', async (_, path, words) => {
  const faults = await faultsOf({ beside: [...beside, path] });
  expect(faults.filter((fault) => fault.includes(words))).toHaveLength(1);
});

it('misses each part that is not there', async () => {
  for (const path of inside)
    expect(await faultsOf({ inside: inside.filter((other) => other !== path) })).toContain(
      `${path} is missing`,
    );
  for (const path of beside.filter((other) => /\.mjs$|\.cc$/.test(other))) {
    rmSync(join(folder, 'resources'), { recursive: true });
    expect(await faultsOf({ beside: beside.filter((other) => other !== path) })).toContain(
      `${path} is missing`,
    );
  }
});

it('misses the terms on which the work of others is in it', async () => {
  expect(await faultsOf({ unlicensed: true })).toEqual(['third-party-licenses.txt is missing']);
});

it('finds native modules that are within the archive', async () => {
  const path = 'node_modules/sharp/sharp.node';
  expect(await faultsOf({ inside: [...inside, path] })).toContain(
    `${path} can't be loaded from within the archive`,
  );
});

it('finds the bridge to an old Electron, and asks for it in the tests’ package', async () => {
  const bridged = { contents: { 'dist/engine.mjs': 'process.env.HOURGLASS_ENGINE_PIPE' } };
  const fault = 'the bridge to an old Electron is in it, which is for tests alone';
  expect(await faultsOf(bridged)).toContain(fault);
  expect((await checkPackage(make(bridged), { bridged: true })).faults).toEqual([]);
  expect((await checkPackage(make(), { bridged: true })).faults).toEqual([
    'the bridge to the old Electron is not in it',
  ]);
});
