import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What Netron's parser makes of a file. */
export interface NetronRead {
  readonly format: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: number;
  readonly complaints: readonly string[];
}

/** Opens files by Netron's own parser, which its Python package carries: that is installed once, under `.cache/`. */
export async function netronReads(root: string, files: readonly string[]): Promise<NetronRead[]> {
  const folder = join(root, '.cache', 'claims', 'netron');
  if (!existsSync(join(folder, 'netron', 'view.js'))) {
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', folder, 'netron'];
    const { status, stderr } = spawnSync('python3', pip, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`Netron could not be had: ${stderr.slice(-500)}`);
  }
  const reader = join(root, 'bench', 'claims', 'netron_reader.mjs');
  const program = [reader, join(folder, 'netron'), ...files];
  const { status, stdout, stderr } = spawnSync(process.execPath, program, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Netron could not open them: ${stderr.slice(-1_000)}`);
  return stdout
    .trim()
    .split('\n')
    .map((line): NetronRead => JSON.parse(line));
}
