import { littleEndian, npyHead } from '../train/layer-export';
import { FileInTheMaking } from './file-in-the-making';
import type { RowsForm, RowWriter } from './row-writer';

/** More rows than there will be: the head keeps room for so long a number. */
const MOST_ROWS = Number.MAX_SAFE_INTEGER;

/** Rows as one NPY array; the head is written once more when their number is known. */
export async function openNpyRows({ path, shape }: RowsForm): Promise<RowWriter> {
  const file = await FileInTheMaking.begin(path);
  const { length } = npyHead([MOST_ROWS, ...shape]);
  const head = (rows: number) => npyHead([rows, ...shape], length);
  let rows = 0;
  try {
    await file.append(head(0));
  } catch (error) {
    await file.abandon();
    throw error;
  }
  return {
    async write(values, { count }) {
      await file.append(littleEndian(values));
      rows += count;
    },
    async finish() {
      await file.overwrite(head(rows), 0);
      await file.finish();
    },
    abandon: () => file.abandon(),
  };
}
