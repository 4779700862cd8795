import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pythonEnvironment } from '../python-environment';

/**
 * The figure that a Python program of this folder prints after a word, on a line of its own, with Keras at its hands.
 *
 * @throws where there is no Keras, or the program says no such figure
 */
export async function figureOfKeras(root: string, program: string, args: readonly string[], word: string) {
  const environment = await pythonEnvironment(join(root, '.cache', 'bench', 'python'));
  if ('reason' in environment || !environment.has.has('keras')) {
    throw new Error('Keras is not here to be compared with.');
  }
  const file = join(root, 'bench', 'claims', program);
  const { stdout, stderr } = spawnSync(environment.python, [file, ...args], { encoding: 'utf8' });
  const figure = Number(new RegExp(`^${word} (\\S+)$`, 'm').exec(stdout)?.[1]);
  if (!Number.isFinite(figure)) throw new Error(`Keras said no figure: ${stderr.slice(-2000)}`);
  return figure;
}
