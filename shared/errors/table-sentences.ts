import { count, type Sentence, type Sentences } from './sentence';

/** A cell of a table: `row` from 1 without the header, `line` of the text, where it is text. */
interface CellPlace {
  readonly file: string;
  readonly row: number;
  readonly line: number | null;
  readonly column: string;
}

function placeOf({ row, line, column }: CellPlace): string {
  return `row ${row}${line === null ? '' : ` (line ${line})`}, column “${column}”`;
}

function more(cells: number, verb: string): string {
  return cells > 1 ? `, and so ${verb} ${count(cells - 1)} after it` : '';
}

/** What can be wrong with tables of numbers, with scaling, and with filters on the data. */
export const tableSentences = {
  DATA_OPTION: (v: { option: string; kind: string }): Sentence => ({
    message: `${v.option} was given, but these data are of the kind “${v.kind}”, which has no such setting.`,
    hint: '--label belongs to tables, --series and --scaling to tables and NPY files.',
  }),
  FILTER_EMPTY: (v: { chosen: number; total: number }): Sentence => ({
    message: `The filter leaves ${count(v.chosen)} of ${count(v.total)} training samples; at least 1 is needed to train.`,
    hint: 'Include more labels or rows, or take the filter away.',
  }),
  FILTER_LABEL_UNKNOWN: (v: { label: string; known: string }): Sentence => ({
    message: `The filter names the label “${v.label}”, but the data have ${v.known}.`,
    hint: 'Choose among these, or take the filter away.',
  }),
  FILTER_NO_LABELS: (): Sentence => ({
    message: 'The filter goes by labels, but these data have none.',
    hint: 'Choose a label column for a table, or data with labels; or take the filter away.',
  }),
  FILTER_ROWS: (v: { from: number; to: number; total: number }): Sentence => ({
    message: `The filter asks for samples ${count(v.from)} up to ${count(v.to)}, but there are ${count(v.total)}, counted from 0.`,
    hint: 'Give a first sample below the last one, both within the data.',
  }),
  PARQUET_DAMAGED: (v: { file: string; reason: string }): Sentence => ({
    message: `Expected a sound Parquet file, but ${v.file} can't be read: ${v.reason}.`,
    hint: 'Get the file again, or save the table anew.',
  }),
  PARQUET_TRUNCATED: (v: { file: string; bytes: number }): Sentence => ({
    message: `Expected a whole Parquet file, ending in PAR1, but ${v.file} ends differently after ${count(v.bytes)} bytes.`,
    hint: 'The file was cut off, for instance by a broken download. Get it again.',
  }),
  SCALING_BYTES: (v: { scaling: string }): Sentence => ({
    severity: 'warning',
    message: `The scaling ${v.scaling} is set, but these samples are bytes, which stand for 0 to 1 already; it is left out.`,
    hint: 'Set the scaling to none.',
  }),
  TABLE_COLUMN_TYPE: (v: { file: string; column: string; type: string }): Sentence => ({
    message: `Expected numbers in column “${v.column}” of ${v.file}, but it is of type ${v.type}.`,
    hint: 'Leave the column out, make it the label column if it tells the class, or convert it.',
  }),
  TABLE_COLUMN_UNKNOWN: (v: { file: string; column: string; known: string }): Sentence => ({
    message: `Expected a column “${v.column}” in ${v.file}, but it has ${v.known}.`,
    hint: 'Choose among its columns. Without a header they are named by their numbers, from 1.',
  }),
  TABLE_CONSTANT_COLUMNS: (v: {
    columns: string;
    amount: number;
    value: string;
    scaled: boolean;
  }): Sentence => {
    const [subject, it] =
      v.amount === 1
        ? [`Column ${v.columns} is ${v.value} in every training sample`, 'it is']
        : [`${v.amount} columns (${v.columns}) are the same in every training sample`, 'they are'];
    const moved = v.scaled ? `, and no spread to scale by: ${it} only moved to 0` : '';
    return {
      severity: 'warning',
      message: `${subject}; there is nothing to learn there${moved}.`,
      hint: 'Leave such columns out, unless later data differ in them.',
    };
  },
  TABLE_LABEL_CELL: (v: CellPlace & { cell: string }): Sentence => ({
    message: `Expected a class in the label column of ${v.file}, a name or a whole number, but ${placeOf(v)} holds ${v.cell}.`,
    hint: 'Choose another label column, or none.',
  }),
  TABLE_LABEL_USED: (v: { file: string; column: string }): Sentence => ({
    message: `Column “${v.column}” of ${v.file} is the label column; it can't be trained on as well.`,
    hint: 'Take it out of the columns used, or choose another label column.',
  }),
  TABLE_MISSING: (v: CellPlace & { cells: number; rows: number; total: number }): Sentence => ({
    message: `Expected a number in every cell of ${v.file}, but ${placeOf(v)} is empty, NaN or infinite${more(v.cells, 'are')}, in ${count(v.rows)} of ${count(v.total)} rows.`,
    hint: 'Fill in or remove these rows, or leave the column out.',
  }),
  TABLE_NOT_NUMBER: (v: CellPlace & { cell: string; cells: number }): Sentence => ({
    message: `Expected a number in ${placeOf(v)}, of ${v.file}, but it holds “${v.cell}”${v.cells > 1 ? `, and ${count(v.cells - 1)} cells after it are no numbers either` : ''}.`,
    hint: 'Leave the column out, or make it the label column if it tells the class. If the line is a header, say so.',
  }),
  TABLE_NO_COLUMNS: (v: { file: string }): Sentence => ({
    message: `Expected a column of numbers in ${v.file}, but none is left beside the label.`,
    hint: 'Choose another label column, or none.',
  }),
  TABLE_QUOTES: (v: { file: string; line: number; reason: string }): Sentence => ({
    message: `Expected cells that are quoted whole or not at all, but in line ${v.line} of ${v.file} ${v.reason}.`,
    hint: 'Close the quotation marks, and write a quotation mark inside a cell twice.',
  }),
  TABLE_RAGGED: (v: {
    file: string;
    row: number;
    line: number;
    expected: number;
    got: number;
    rows: number;
    last: boolean;
  }): Sentence => ({
    message: `Expected ${v.expected} cells in every row of ${v.file}, but row ${v.row} (line ${v.line}) has ${v.got}${v.rows > 1 ? `, and ${count(v.rows - 1)} rows after it do not fit either` : ''}.`,
    hint: v.last
      ? 'It is the last row: the file may have been cut off. Get it again, or remove the row.'
      : 'Mend or remove the row, or choose another delimiter.',
  }),
  TABLE_TOO_LARGE: (v: { file: string; row: number; limit: string }): Sentence => ({
    message: `${v.file} holds more than ${v.limit} of samples, the most that are loaded; that is reached at row ${count(v.row)}.`,
    hint: 'Choose a part of the table, or fewer columns.',
  }),
} satisfies Sentences;
