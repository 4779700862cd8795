import type { DataReference } from '../../shared/document/graph-document';

interface Listed {
  readonly name: string;
  readonly kind: 'folder' | 'file';
}

/** What a data file or folder looks like from its name and what lies in it. */
export type DataKind = 'idx' | 'npy' | 'pictures';

const IDX = /(^|[.-])(idx\d?([.-]ubyte)?|ubyte)(\.gz)?$/i;

/**
 * The kind of data at a path: `.npy` is an array; a name like `train-images-idx3-ubyte.gz`, or a folder with one, is
 * MNIST's format; any other folder holds pictures. Null for a file of none of these.
 *
 * @param entries what lies in the folder, or null for a file
 */
export function dataKindOf(name: string, entries: readonly Listed[] | null): DataKind | null {
  if (entries === null) {
    if (/\.npy$/i.test(name)) return 'npy';
    return IDX.test(name) ? 'idx' : null;
  }
  const files = entries.filter((entry) => entry.kind === 'file');
  return files.some((file) => IDX.test(file.name)) ? 'idx' : 'pictures';
}

/** The reference to data of that kind. The shape is not known before they have been read. */
export function referenceTo(kind: DataKind, path: string): DataReference {
  return { kind, path, shape: [1] };
}
