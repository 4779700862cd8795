import { open } from 'node:fs/promises';
import { fileProblem } from '../../shared/errors/file-problem';
import { loadHdf5 } from './load-hdf5';

/** One array of an HDF5 file. */
export interface Hdf5Dataset {
  /** From the root, with the groups it lies in: `layers/dense/vars/0`. */
  readonly path: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Uint32Array;
}

/** A text that belongs to a group. */
export interface Hdf5Attribute {
  /** Of the group. */
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/**
 * Writes a new HDF5 file, by the HDF5 library itself, and has it on the disk when it returns.
 *
 * @param datasets their paths without those of others in front, each once
 * @throws ProblemError where the system refuses
 */
export async function writeHdf5(
  path: string,
  datasets: readonly Hdf5Dataset[],
  attributes: readonly Hdf5Attribute[] = [],
): Promise<void> {
  const { File, Group } = await loadHdf5();
  try {
    // The library tells nothing of why it could not: the system does.
    await (await open(path, 'wx')).close();
    const file = new File(path, 'w');
    try {
      const groups = new Set<string>();
      for (const each of datasets) {
        const folders = each.path.split('/').slice(0, -1);
        for (const [depth] of folders.entries()) {
          const group = folders.slice(0, depth + 1).join('/');
          if (!groups.has(group)) file.create_group(group);
          groups.add(group);
        }
        const { path: name, shape, data } = each;
        const dtype = data instanceof Float32Array ? '<f' : '<I';
        file.create_dataset({ name, shape: [...shape], data, dtype });
      }
      for (const { path: group, name, text } of attributes) {
        const entity = file.get(group);
        if (entity instanceof Group) entity.create_attribute(name, text);
      }
      file.flush();
    } finally {
      file.close();
    }
    const written = await open(path, 'r+');
    await written.sync();
    await written.close();
  } catch (error) {
    throw fileProblem(error, path, 'write');
  }
}
