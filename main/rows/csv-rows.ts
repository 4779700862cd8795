import { valueCount } from '../../shared/tensors/shape';
import { shortFloat } from '../train/layer-export';
import { FileInTheMaking } from './file-in-the-making';
import { columnsOf } from './row-columns';
import type { RowsForm, RowWriter } from './row-writer';

/** Characters of lines that are gathered before they are written. */
const TEXT_AT_ONCE = 2 ** 20;

/** Rows as comma-separated text (RFC 4180) with a heading; numbers have as many digits as it takes to come back the same. */
export async function openCsvRows(form: RowsForm): Promise<RowWriter> {
  const { origin: before, values: names } = columnsOf(form);
  const width = valueCount(form.shape);
  const file = await FileInTheMaking.begin(form.path);
  const heading = [...before.map(({ name }) => name), ...names].map(textCell).join(',');
  try {
    await file.append(`${heading}\n`);
  } catch (error) {
    await file.abandon();
    throw error;
  }
  return {
    async write(values, origin) {
      let lines = '';
      for (let row = 0; row < origin.count; row++) {
        for (const column of before) {
          const cell = column.of(origin, row);
          lines += `${typeof cell === 'number' ? cell : textCell(cell)},`;
        }
        for (let at = row * width; at < (row + 1) * width; at++) {
          lines += at === row * width ? shortFloat(values[at]!) : `,${shortFloat(values[at]!)}`;
        }
        lines += '\n';
        if (lines.length < TEXT_AT_ONCE) continue;
        await file.append(lines);
        lines = '';
      }
      if (lines !== '') await file.append(lines);
    },
    finish: () => file.finish(),
    abandon: () => file.abandon(),
  };
}

/**
 * A cell of text, quoted where it must be. What a spreadsheet would take for a formula is led by an apostrophe, but for
 * plain numbers.
 */
function textCell(text: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d*)?(e[+-]?\d+)?$/i.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
