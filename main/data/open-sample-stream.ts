import { resolve } from 'node:path';
import type { DataReference } from '../../shared/document/data-reference';
import { openBuiltinSet } from './builtin/open-builtin-set';
import type { LoadControl } from './dataset';
import { streamIdx } from './idx/stream-idx';
import { streamNpy } from './npy/stream-npy';
import { streamPictures } from './pictures/stream-pictures';
import type { SampleStream, StreamUse } from './sample-stream';
import { streamDataset } from './stream-dataset';
import { streamTable } from './table/stream-table';

/**
 * Opens data to be read a block at a time, with the checks that loading them has, but for the limit on their size.
 *
 * @param baseFolder where relative paths start; null for the working folder
 * @throws ProblemError where the data are missing, or what begins them is not as it should be @throws Cancelled
 */
export async function openSampleStream(
  reference: DataReference,
  baseFolder: string | null,
  use: StreamUse = {},
  control: LoadControl = {},
): Promise<SampleStream> {
  const place = (path: string) => resolve(baseFolder ?? '.', path);
  switch (reference.kind) {
    case 'builtin':
      return streamDataset(await openBuiltinSet(reference.name, reference.count, control), use);
    case 'idx':
      return streamIdx(place(reference.path), use, control);
    case 'npy':
      return streamNpy(place(reference.path), reference.series ?? false, control);
    case 'pictures':
      return streamPictures(place(reference.path), reference.skipBroken ?? false, use, control);
    case 'table':
      return streamTable(place(reference.path), reference, use);
  }
}
