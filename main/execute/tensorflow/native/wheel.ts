import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandOptions, runCommand } from './run-command';

/** The version the figures in docs/benchmarks.md were measured with; others that have the same files follow. */
const PINNED_VERSION = '2.21.0';
const OLDEST_VERSION = '2.12';
const PYTHONS = ['python3', 'python'];
/** Pythons whose wheel is asked for where this machine's own has none; the library inside is the same. */
const OTHER_PYTHONS = ['3.11', '3.12', '3.10'];
const DOWNLOAD_LIMIT = 30 * 60_000;

/** A way to call pip: a program and its first arguments. */
export interface PipCommand {
  readonly program: string;
  readonly prefix: readonly string[];
}

/** The arguments of each download to try, in order. */
export function downloadAttempts(folder: string): readonly (readonly string[])[] {
  const base = ['download', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '-d', folder];
  const versions = [`tensorflow-cpu==${PINNED_VERSION}`, `tensorflow-cpu>=${OLDEST_VERSION}`];
  const own = versions.map((version) => [...base, version]);
  const others = OTHER_PYTHONS.flatMap((python) =>
    versions.map((version) => [
      ...base,
      '--implementation=cp',
      `--python-version=${python}`,
      `--abi=cp${python.replace('.', '')}`,
      ...['manylinux_2_27_x86_64', 'manylinux_2_17_x86_64', 'manylinux2014_x86_64'].map(
        (platform) => `--platform=${platform}`,
      ),
      version,
    ]),
  );
  return [...own, ...others];
}

/** `2.21.0` of `tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl`; null where it is something else. */
export function wheelVersion(fileName: string): string | null {
  return /^tensorflow_cpu-([^-]+)-.*\.whl$/.exec(fileName)?.[1] ?? null;
}

const UNITS: Readonly<Record<string, number>> = { kB: 1e3, MB: 1e6, GB: 1e9 };

/** The bytes that pip says it is about to fetch: 274000000 of `Downloading tensorflow_cpu-….whl (274.0 MB)`. */
export function declaredBytes(line: string): number | null {
  const [, size, unit = ''] = /\.whl \((\d+(?:\.\d+)?) ([kMG]B)\)/.exec(line) ?? [];
  return size === undefined ? null : Math.round(Number(size) * (UNITS[unit] ?? 0));
}

/** Whether pip's words mean that no connection was made, so that asking for another version is of no use. */
export function isNetworkFailure(output: string): boolean {
  return /NewConnectionError|ConnectTimeoutError|Name or service not known|Failed to establish|ProxyError/.test(
    output,
  );
}

/** The first Python present, or null. */
export async function findPython(options: CommandOptions): Promise<string | null> {
  for (const program of PYTHONS) {
    const answer = await runCommand(
      program,
      ['-c', 'import sys, zipfile; sys.exit(sys.version_info < (3, 7))'],
      {
        ...options,
        onLine: undefined,
      },
    );
    if (answer.outcome === 'done') return program;
  }
  return null;
}

/** The first pip that answers, or null. */
export async function findPip(python: string, options: CommandOptions): Promise<PipCommand | null> {
  const candidates: PipCommand[] = [
    { program: python, prefix: ['-m', 'pip'] },
    { program: 'pip3', prefix: [] },
    { program: 'pip', prefix: [] },
  ];
  for (const candidate of candidates) {
    const answer = await runCommand(candidate.program, [...candidate.prefix, '--version'], {
      ...options,
      onLine: undefined,
    });
    if (answer.outcome === 'done') return candidate;
  }
  return null;
}

/** Downloads the wheel into `folder`. */
export async function downloadWheel(
  pip: PipCommand,
  folder: string,
  options: Omit<CommandOptions, 'limit'>,
): Promise<{ path: string; version: string } | { failure: string }> {
  // Where pip collects what comes, so that its growth can be watched and nothing of it is left behind.
  const scratch = join(folder, 'scratch');
  await mkdir(scratch, { recursive: true });
  let failure = '';
  for (const args of downloadAttempts(folder)) {
    const result = await runCommand(pip.program, [...pip.prefix, ...args], {
      ...options,
      env: { ...options.env, TMPDIR: scratch, TEMP: scratch, TMP: scratch },
      limit: DOWNLOAD_LIMIT,
    });
    const file = (await readdir(folder)).find((name) => wheelVersion(name) !== null);
    if (result.outcome === 'done' && file) {
      return { path: join(folder, file), version: wheelVersion(file) ?? '' };
    }
    failure ||= lastLine(result.output);
    if (result.outcome === 'timeout' || isNetworkFailure(result.output)) break;
  }
  return { failure };
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}

/** Members of the wheel that the binding needs: the two libraries, and the headers of the C API. */
const UNPACK_SCRIPT = `
import os, shutil, sys, zipfile
wheel, target = sys.argv[1:3]
libraries = ('tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2')
headers = tuple('tensorflow/include/' + folder for folder in
                ('tensorflow/c/', 'tensorflow/core/platform/', 'xla/tsl/c/', 'tsl/'))
found = 0
with zipfile.ZipFile(wheel) as archive:
    for member in archive.infolist():
        name = member.filename
        if name in libraries:
            path = os.path.join(target, 'lib', os.path.basename(name))
            found += 1
        elif name.startswith(headers) and name.endswith('.h'):
            parts = name.split('/')[2:]
            if '..' in parts:
                sys.exit('unsafe path in the wheel: ' + name)
            path = os.path.join(target, 'include', *parts)
        else:
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with archive.open(member) as source, open(path, 'wb') as sink:
            shutil.copyfileobj(source, sink, 1 << 20)
if found != len(libraries):
    sys.exit('the wheel lacks ' + ' or '.join(libraries))
`;

/** Names under which the linker and the loader look for the two libraries. */
const LIBRARY_LINKS: readonly (readonly [link: string, target: string])[] = [
  ['libtensorflow.so', 'libtensorflow_cc.so.2'],
  ['libtensorflow.so.2', 'libtensorflow_cc.so.2'],
  ['libtensorflow_framework.so', 'libtensorflow_framework.so.2'],
];

/** Unpacks what is needed of the wheel into `target` (folders `lib` and `include`), in a stream. */
export async function unpackWheel(
  python: string,
  wheel: string,
  target: string,
  options: CommandOptions,
): Promise<{ failure: string } | null> {
  const result = await runCommand(python, ['-c', UNPACK_SCRIPT, wheel, target], options);
  if (result.outcome !== 'done') return { failure: lastLine(result.output) || result.outcome };
  for (const [link, name] of LIBRARY_LINKS) await symlink(name, join(target, 'lib', link));
  return null;
}
