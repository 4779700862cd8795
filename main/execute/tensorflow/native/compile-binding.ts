import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bindingIn, NAPI_VERSION } from './native-paths';
import { type CommandOptions, runCommand } from './run-command';

const require = createRequire(import.meta.url);
const COMPILERS = ['g++', 'c++', 'clang++'];

/** The first C++ compiler present, or null. */
export async function findCompiler(options: CommandOptions): Promise<string | null> {
  for (const program of COMPILERS) {
    const answer = await runCommand(program, ['--version'], { ...options, onLine: undefined });
    if (answer.outcome === 'done') return program;
  }
  return null;
}

/** The compiler's arguments: the binding's two sources against the C API's headers, linked to the libraries. */
export function compileArguments(places: {
  readonly sources: string;
  readonly nodeHeaders: string;
  readonly deps: string;
  readonly output: string;
}): readonly string[] {
  return [
    ...['-O2', '-fPIC', '-shared', '-std=c++17', `-DNAPI_VERSION=${NAPI_VERSION}`],
    `-I${places.nodeHeaders}`,
    `-I${join(places.deps, 'include')}`,
    `-I${places.sources}`,
    join(places.sources, 'binding', 'tfjs_backend.cc'),
    join(places.sources, 'binding', 'tfjs_binding.cc'),
    `-L${join(places.deps, 'lib')}`,
    '-ltensorflow',
    '-ltensorflow_framework',
    // The binding lies in lib/napi-v8 of the package, the libraries in deps/lib.
    '-Wl,-rpath,$ORIGIN/../../deps/lib',
    '-o',
    places.output,
  ];
}

/** Compiles the binding of the package at `packageFolder` against `workFolder/deps` into `workFolder/lib`. */
export async function compileBinding(
  compiler: string,
  packageFolder: string,
  workFolder: string,
  options: CommandOptions,
): Promise<{ failure: string } | null> {
  const output = bindingIn(workFolder);
  await mkdir(dirname(output), { recursive: true });
  const nodeHeaders = join(dirname(require.resolve('node-api-headers/package.json')), 'include');
  const args = compileArguments({
    sources: packageFolder,
    nodeHeaders,
    deps: join(workFolder, 'deps'),
    output,
  });
  const result = await runCommand(compiler, args, options);
  if (result.outcome === 'done') return null;
  const errors = result.output.split('\n').filter((line) => /error|cannot find/i.test(line));
  return { failure: errors[0] ?? result.outcome };
}
