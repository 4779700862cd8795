import { createRequire } from 'node:module';
import { isThere } from '../../../data/is-there';
import { setBindingEnvironment } from './binding-environment';
import { runCommand } from './run-command';

export type BindingCheck =
  | { readonly loads: true; readonly version: string }
  | { readonly loads: false; readonly reason: string };

const require = createRequire(import.meta.url);

const SCRIPT = 'process.stdout.write("TensorFlow " + require(process.argv[1]).TF_Version)';

/**
 * Loads the binding in a process of its own, so that a library which crashes while loading (an instruction the
 * processor lacks, a wrong C library) takes nothing with it. About 0.5 s; a missing file is told at once.
 *
 * Electron's program can't be asked to be a plain Node where its fuses are set; there it is loaded right here, in the
 * engine's process or the fetch's, whose end the app survives.
 */
export async function checkBinding(path: string, signal?: AbortSignal): Promise<BindingCheck> {
  if (!(await isThere(path))) return { loads: false, reason: 'its native library has not been fetched' };
  if (process.versions.electron !== undefined) return loadHere(path);
  const result = await runCommand(process.execPath, ['-e', SCRIPT, path], {
    env: { TF_CPP_MIN_LOG_LEVEL: '3' },
    limit: 60_000,
    signal,
  });
  const version = /TensorFlow (\S+)/.exec(result.output)?.[1];
  if (result.outcome === 'done' && version) return { loads: true, version };
  const error = /^.*Error: .*$/m.exec(result.output)?.[0];
  return { loads: false, reason: error?.trim() ?? `loading it ended with ${result.outcome}` };
}

function loadHere(path: string): BindingCheck {
  setBindingEnvironment();
  try {
    const { TF_Version }: { TF_Version: string } = require(path);
    return { loads: true, version: TF_Version };
  } catch (error) {
    return { loads: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
