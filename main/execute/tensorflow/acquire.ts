import { cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isThere } from '../../data/is-there';
import { checkBinding } from './native/check-binding';
import { compileBinding, findCompiler } from './native/compile-binding';
import { withLock } from './native/native-lock';
import { bindingIn, type NativePaths, nativePaths } from './native/native-paths';
import { runCommand } from './native/run-command';
import { declaredBytes, downloadWheel, findPip, findPython, unpackWheel } from './native/wheel';

export interface AcquireOptions {
  /** Told what goes on, a line at a time; for stderr or a progress panel. */
  readonly onLine: (line: string) => void;
  /** Bytes that the step told last has brought so far, and of how many where that is known; about twice a second. */
  readonly onBytes?: (done: number, total: number | null) => void;
  readonly signal?: AbortSignal;
}

export type AcquireResult =
  | { readonly ok: true; readonly how: string }
  | { readonly ok: false; readonly reason: string; readonly cure: string };

type Attempt = { readonly how: string } | { readonly reason: string; readonly cure: string };

const MINUTE = 60_000;

/**
 * Makes TensorFlow's native runtime present: finds it, or fetches it by tfjs-node's own installer, or (Linux on
 * x64) takes the library out of the `tensorflow-cpu` wheel and compiles the binding. Everything is made in a
 * folder beside the package and renamed in at the end: an interrupted call leaves nothing half-made, and a
 * second process waits for the first. Without TensorFlow the ONNX engine trains.
 *
 * @throws Cancelled where the signal fires.
 */
export async function acquireTensorFlow(options: AcquireOptions): Promise<AcquireResult> {
  const paths = nativePaths();
  if ((await checkBinding(paths.binding, options.signal)).loads) return { ok: true, how: 'already here' };
  await mkdir(dirname(paths.lockFolder), { recursive: true });
  return withLock(
    paths.lockFolder,
    async () => {
      if ((await checkBinding(paths.binding, options.signal)).loads) {
        return { ok: true, how: 'fetched by another Hourglass' };
      }
      try {
        return await acquireInto(paths, options);
      } finally {
        await rm(paths.workFolder, { recursive: true, force: true });
      }
    },
    {
      signal: options.signal,
      onWait: () => options.onLine('Another Hourglass is fetching TensorFlow; waiting for it.'),
    },
  );
}

async function acquireInto(paths: NativePaths, options: AcquireOptions): Promise<AcquireResult> {
  const hasWheel = process.platform === 'linux' && process.arch === 'x64';
  // The installer needs a plain Node and npm's commands, which an installed app does not carry.
  const ways = [...(paths.isInstalledApp ? [] : [byInstaller]), ...(hasWheel ? [byWheel] : [])];
  let last = {
    reason: 'The installed app can fetch TensorFlow on Linux x64 only.',
    cure: 'Train with ONNX Runtime, which is here; or start Hourglass from its sources (npm start), which fetch it.',
  };
  for (const way of ways) {
    await rm(paths.workFolder, { recursive: true, force: true });
    const attempt = await way(paths, options);
    if ('how' in attempt) {
      const check = await checkBinding(bindingIn(paths.workFolder), options.signal);
      if (check.loads) {
        await moveIn(paths);
        return { ok: true, how: attempt.how };
      }
      last = {
        reason: `TensorFlow was fetched (${attempt.how}) but does not load: ${check.reason}`,
        cure: 'Send this line to the makers of Hourglass; until then the ONNX engine trains.',
      };
    } else {
      last = attempt;
    }
    options.onLine(last.reason);
  }
  return { ok: false, ...last };
}

/** Puts the finished folders in place. The binding comes last: without it nothing counts as present. */
export async function moveIn(paths: NativePaths): Promise<void> {
  // An installed app's place for it is there only once something is.
  await mkdir(dirname(paths.depsFolder), { recursive: true });
  await rm(paths.libFolder, { recursive: true, force: true });
  await rm(paths.depsFolder, { recursive: true, force: true });
  await rename(join(paths.workFolder, 'deps'), paths.depsFolder);
  await rename(join(paths.workFolder, 'lib'), paths.libFolder);
}

/** How long the installer may go without its first byte, and later without another one. */
const FIRST_BYTE_LIMIT = 20_000;
const STALL_LIMIT = 2 * MINUTE;

/** tfjs-node's own installer, run in a copy of the package: works where Google's storage can be reached. */
async function byInstaller(paths: NativePaths, options: AcquireOptions): Promise<Attempt> {
  options.onLine('Fetching TensorFlow with the installer of @tensorflow/tfjs-node.');
  await cp(paths.packageFolder, paths.workFolder, {
    recursive: true,
    filter: (source) => source !== paths.depsFolder && source !== paths.libFolder,
  });
  const progress = watchGrowth([join(paths.workFolder, 'deps'), join(paths.workFolder, 'lib')], {
    onBytes: (done) => options.onBytes?.(done, null),
  });
  // The installer calls node-pre-gyp by name.
  const binFolder = join(dirname(dirname(paths.packageFolder)), '.bin');
  const pathVariable = `${binFolder}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`;
  try {
    const result = await runCommand(process.execPath, ['scripts/install.js'], {
      cwd: paths.workFolder,
      env: { PATH: pathVariable },
      signal: options.signal,
      limit: 30 * MINUTE,
      stalled: () => progress.idleFor() > (progress.hasGrown() ? STALL_LIMIT : FIRST_BYTE_LIMIT),
    });
    const built = await isThere(bindingIn(paths.workFolder));
    if (result.outcome === 'done' && built) {
      await settleWindowsLibrary(paths.workFolder);
      return { how: "tfjs-node's own installer" };
    }
    const error = /^.*Error: .*$/m.exec(result.output)?.[0] ?? result.outcome;
    return {
      reason: `The installer of @tensorflow/tfjs-node could not fetch TensorFlow (${error.trim()}).`,
      cure: 'Allow connections to storage.googleapis.com and try again.',
    };
  } finally {
    progress.stop();
  }
}

/** On Windows the installer links the library by a path that the move breaks: a copy takes its place. */
async function settleWindowsLibrary(workFolder: string): Promise<void> {
  if (process.platform !== 'win32') return;
  const linked = join(dirname(bindingIn(workFolder)), 'tensorflow.dll');
  await rm(linked, { force: true });
  await cp(join(workFolder, 'deps', 'lib', 'tensorflow.dll'), linked);
}

/** The library out of the Python package index's wheel, the binding compiled here. */
async function byWheel(paths: NativePaths, options: AcquireOptions): Promise<Attempt> {
  const quick = { limit: MINUTE, signal: options.signal };
  const python = await findPython(quick);
  const pip = python && (await findPip(python, quick));
  const compiler = await findCompiler(quick);
  if (!python || !pip || !compiler) {
    const lacking = [
      ...(python ? (pip ? [] : ['pip']) : ['Python 3 with pip']),
      ...(compiler ? [] : ['a C++ compiler']),
    ].join(' and ');
    return {
      reason: `TensorFlow can be taken from its Python package, but this machine lacks ${lacking}.`,
      cure: 'Install python3, python3-pip and g++ (Debian, Ubuntu: apt-get install python3-pip g++), then run it again.',
    };
  }
  options.onLine('Fetching the tensorflow-cpu package with pip (about 274 MB).');
  const wheelFolder = join(paths.workFolder, 'wheel');
  let declared: number | null = null;
  // pip draws its progress bar for terminals only: the growing file tells as much.
  const download = watchGrowth([wheelFolder], {
    // pip copies the finished file once, and then there are two of it for a moment.
    onBytes: (done) => options.onBytes?.(Math.min(done, declared ?? done), declared),
    counts: (name) => name.endsWith('.whl'),
  });
  const wheel = await downloadWheel(pip, wheelFolder, {
    signal: options.signal,
    onLine: (line) => {
      declared = declaredBytes(line) ?? declared;
    },
  }).finally(download.stop);
  if ('failure' in wheel) {
    return {
      reason: `pip could not fetch tensorflow-cpu: ${wheel.failure}`,
      cure: 'Check the connection to the Python package index (pip config list shows which one is used).',
    };
  }
  options.onLine('Unpacking the library (about 790 MB).');
  const deps = join(paths.workFolder, 'deps');
  const unpacking = watchGrowth([deps], { onBytes: (done) => options.onBytes?.(done, null) });
  const unpacked = await unpackWheel(python, wheel.path, deps, {
    limit: 10 * MINUTE,
    signal: options.signal,
  }).finally(unpacking.stop);
  await rm(wheel.path, { force: true });
  if (unpacked) {
    return {
      reason: `The tensorflow-cpu package could not be unpacked: ${unpacked.failure}`,
      cure: 'Make sure that 2 GB of disk are free, then run it again.',
    };
  }
  options.onLine('Compiling the binding.');
  const compiled = await compileBinding(compiler, paths.packageFolder, paths.workFolder, {
    limit: 10 * MINUTE,
    signal: options.signal,
  });
  if (compiled) {
    return {
      reason: `The binding does not compile with ${compiler}: ${compiled.failure}`,
      cure: 'Install a C++17 compiler (g++ 9 or newer) and the C library headers, then run it again.',
    };
  }
  await rm(join(deps, 'include'), { recursive: true, force: true });
  return { how: `tensorflow-cpu ${wheel.version} from the Python package index` };
}

interface GrowthOptions {
  readonly onBytes: (bytes: number) => void;
  /** Which files count, by their names; all where it is left out. */
  readonly counts?: (name: string) => boolean;
}

/** Watches how many bytes lie in some folders: to tell a slow download from a dead one, and how far it is. */
function watchGrowth(folders: readonly string[], { onBytes, counts = () => true }: GrowthOptions) {
  let size = 0;
  let grown = false;
  let last = Date.now();
  let stopped = false;
  const timer = setInterval(async () => {
    const sizes = await Promise.all(folders.map((folder) => sizeOf(folder, counts)));
    const now = sizes.reduce((sum, one) => sum + one, 0);
    if (now === size || stopped) return;
    grown = true;
    size = now;
    last = Date.now();
    onBytes(size);
  }, 500);
  return {
    idleFor: () => Date.now() - last,
    hasGrown: () => grown,
    stop: () => {
      stopped = true;
      clearInterval(timer);
    },
  };
}

async function sizeOf(folder: string, counts: (name: string) => boolean): Promise<number> {
  let total = 0;
  try {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && counts(entry.name))
        total += (await stat(join(entry.parentPath, entry.name))).size;
    }
  } catch {
    // Not there yet, or changing under us: counted the next time.
  }
  return total;
}
