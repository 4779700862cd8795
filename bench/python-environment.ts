import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What is wanted of it, by the module that is imported, and the packages that bring it. */
const WANTED = {
  keras: ['tensorflow-cpu', 'keras'],
  torch: ['torch', 'numpy'],
  safetensors: ['safetensors'],
  onnx: ['onnx'],
  onnxruntime: ['onnxruntime'],
} as const;
type PythonModule = keyof typeof WANTED;

/**
 * A Python with Keras, PyTorch and the readers of exports in a virtual environment that the bench makes itself, under `.cache/`.
 * @returns the interpreter and the packages that could be had, or why there is no Python side at all.
 */
export async function pythonEnvironment(
  folder: string,
): Promise<{ python: string; has: ReadonlySet<PythonModule> } | { reason: string }> {
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (!existsSync(python)) {
    const made = await run('python3', ['-m', 'venv', folder]);
    if (!made) return { reason: 'python3 with venv is not here' };
  }
  const has = new Set<PythonModule>();
  // One at a time: each is optional, and a failed install of one must not take the other with it.
  for (const [name, packages] of Object.entries(WANTED)) {
    if (await importable(python, name, packages)) has.add(name as PythonModule);
  }
  return { python, has };
}

/**
 * Installs what else a claim needs into that environment.
 *
 * @param wanted packages by the module that tells whether they are there
 * @returns the modules that could not be had
 */
export async function alsoInstalled(
  python: string,
  wanted: Readonly<Record<string, readonly string[]>>,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const [module, packages] of Object.entries(wanted)) {
    if (!(await importable(python, module, packages))) missing.push(module);
  }
  return missing;
}

async function importable(python: string, module: string, packages: readonly string[]): Promise<boolean> {
  if (await run(python, ['-c', `import ${module}`])) return true;
  process.stderr.write(`Installing ${packages.join(' and ')} for the comparison (once; large) …\n`);
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
  return run(python, ['-c', `import ${module}`]);
}

function run(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'ignore'],
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
    });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}
