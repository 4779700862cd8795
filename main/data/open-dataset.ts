import { resolve } from 'node:path';
import type { DataReference } from '../../shared/document/graph-document';
import { openBuiltinSet } from './builtin/open-builtin-set';
import type { Dataset, LoadControl } from './dataset';
import { openIdx } from './idx/open-idx';
import { openNpy } from './npy/open-npy';
import { openPictures } from './pictures/open-pictures';
import { openTable } from './table/open-table';

export { referenceFor } from './reference-for';

/**
 * Loads the data a drawing refers to.
 *
 * @param baseFolder where relative paths start: the drawing's folder; null for an unsaved one (then the working folder)
 * @throws ProblemError where the data is missing or not as it should be: what was expected, what came, and in which file
 * @throws Cancelled where `control.signal` was raised
 */
export async function openDataset(
  reference: DataReference,
  baseFolder: string | null,
  control: LoadControl = {},
): Promise<Dataset> {
  switch (reference.kind) {
    case 'builtin':
      return openBuiltinSet(reference.name, reference.count, control);
    case 'idx':
      return openIdx(placeOf(reference.path, baseFolder), control);
    case 'npy':
      return openNpy(placeOf(reference.path, baseFolder), reference.series ?? false, control);
    case 'pictures':
      return openPictures(placeOf(reference.path, baseFolder), reference.skipBroken ?? false, control);
    case 'table':
      return openTable(placeOf(reference.path, baseFolder), reference, control);
  }
}

function placeOf(path: string, baseFolder: string | null): string {
  return resolve(baseFolder ?? '.', path);
}
