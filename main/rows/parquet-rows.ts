import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { valueCount } from '../../shared/tensors/shape';
import { FileInTheMaking } from './file-in-the-making';
import { columnsOf } from './row-columns';
import type { RowsForm, RowWriter } from './row-writer';

/** Values of a group of rows, which are held until it is full: 16 MB. */
const GROUP_VALUES = 4 * 1024 * 1024;
const MOST_ROWS = 100_000;

/** Rows as a table in Apache Parquet, the values as 32-bit floats; no more than a group of rows is held. */
export async function openParquetRows(form: RowsForm): Promise<RowWriter> {
  const { origin: before, values: names } = columnsOf(form);
  const width = valueCount(form.shape);
  const groupRows = Math.max(1, Math.min(MOST_ROWS, Math.floor(GROUP_VALUES / width)));
  const file = await FileInTheMaking.begin(form.path);
  const bytes = new ByteWriter();
  const schema: SchemaElement[] = [
    { name: 'root', num_children: before.length + names.length },
    ...before.map(
      ({ name, type }): SchemaElement => ({
        ...{ name, repetition_type: 'REQUIRED' },
        ...(type === 'number' ? { type: 'INT64' } : { type: 'BYTE_ARRAY', converted_type: 'UTF8' }),
      }),
    ),
    ...names.map((name): SchemaElement => ({ name, type: 'FLOAT', repetition_type: 'REQUIRED' })),
  ];
  const parquet = new ParquetWriter({ writer: bytes, schema, createdBy: 'hourglass' });
  const columns = names.map(() => new Float32Array(groupRows));
  let origins: (bigint | string)[][] = before.map(() => []);
  let rows = 0;

  async function flush(): Promise<void> {
    await file.append(bytes.getBytes());
    bytes.index = 0;
  }

  async function writeGroup(): Promise<void> {
    const columnData = [
      ...before.map(({ name }, at) => ({ name, data: origins[at] ?? [] })),
      // Floats hardly repeat: looking for a dictionary would cost time and memory alone.
      ...names.map((name, at) => ({
        name,
        data: columns[at]?.subarray(0, rows) ?? [],
        encoding: 'PLAIN' as const,
      })),
    ];
    await parquet.write({ columnData, rowGroupSize: groupRows });
    origins = before.map(() => []);
    rows = 0;
    await flush();
  }

  return {
    async write(values, origin) {
      for (let row = 0; row < origin.count; row++) {
        for (const [at, column] of before.entries()) {
          const cell = column.of(origin, row);
          origins[at]?.push(column.type === 'number' ? BigInt(cell) : String(cell));
        }
        for (let at = 0; at < width; at++) columns[at]![rows] = values[row * width + at]!;
        rows += 1;
        if (rows === groupRows) await writeGroup();
      }
    },
    async finish() {
      if (rows > 0) await writeGroup();
      await parquet.finish();
      await flush();
      await file.finish();
    },
    abandon: () => file.abandon(),
  };
}
