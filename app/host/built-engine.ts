import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { enginePrograms, nodePrograms } from '../../scripts/node-programs.mjs';

export const repository = resolve(import.meta.dirname, '../..');

/** Builds the engine for a test, as `npm run build` does. @returns its entry */
export async function buildEngine(folder: string): Promise<string> {
  await build(nodePrograms(enginePrograms, folder));
  return join(folder, 'engine.mjs');
}

/** A folder inside the repository, so that what is built there finds its packages. */
export function buildFolder(name: string): string {
  return join(repository, '.cache', `${name}-${process.pid}`);
}
