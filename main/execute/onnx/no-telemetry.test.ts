import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const repository = resolve(import.meta.dirname, '../../..');
const cache = join(repository, '.cache');

/** Starts the runtime itself, with a model that it refuses. */
const BEGIN = `
  const { InferenceSession } = (await import('onnxruntime-node')).default;
  await InferenceSession.create(new Uint8Array(4)).then(() => process.exit(1), () => {});
`;

/** Runs a script in a Node of its own, with an empty home. @returns what is in that home afterwards */
function homeAfter(script: string): string[] {
  const home = mkdtempSync(join(cache, 'home-'));
  try {
    // Nothing of the environment: in what looks like CI it keeps quiet by itself.
    const { PATH, SystemRoot } = process.env;
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: repository,
      env: { PATH, SystemRoot, HOME: home },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return readdirSync(home, { recursive: true }).map(String);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

it('keeps ONNX Runtime from telling its makers of its use', async () => {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'no-telemetry-'));
  try {
    const outfile = join(folder, 'executor.mjs');
    await build({
      entryPoints: [join(repository, 'main/execute/onnx/onnx-executor.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'warning',
    });
    const executor = `await (await import(${JSON.stringify(pathToFileURL(outfile).href)})).createOnnxExecutor();`;
    expect(homeAfter(executor + BEGIN)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
