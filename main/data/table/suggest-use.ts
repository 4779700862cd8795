import type { LabelColumn, Scaling } from '../../../shared/document/data-reference';
import { numberOf, type TableSource } from './table-source';

/** Rows by which it is guessed what the columns are. */
const ROWS_LOOKED_AT = 1000;
/** A column of whole numbers has classes where it has at most this many different ones. */
const MOST_CLASSES = 20;
const LABEL_NAMES = /^(class|label|labels|target|species|category|y)$/i;

interface ColumnFacts {
  readonly numeric: boolean;
  /** Small whole numbers, or texts, that come again and again. */
  readonly classes: boolean;
  readonly min: number;
  readonly max: number;
}

/** What a table is likely meant as. Shown to the user, who may say otherwise. */
export interface SuggestedUse {
  readonly label: LabelColumn;
  /** Absent where every column but the label's is used. */
  readonly columns?: readonly string[];
  readonly scaling: Scaling;
}

/**
 * Guesses the label column: one with a name that says so, else the last or the first one if it holds classes while
 * the other columns hold fractions, else the only column of text. Columns of text that are not the label are left out.
 * Values that do not lie between 0 and 1 are standardised.
 */
export async function suggestUse(source: TableSource): Promise<SuggestedUse> {
  const facts = await columnFacts(source);
  const label = labelPlace(source.columns, facts);
  const used = facts.flatMap(({ numeric }, place) => (numeric && place !== label ? [place] : []));
  const all = used.length === source.columns.length - (label === null ? 0 : 1);
  const inRange = used.every((place) => (facts[place]?.min ?? 0) >= 0 && (facts[place]?.max ?? 0) <= 1);
  return {
    label: label === null ? 'none' : nameOf(label, source.columns),
    ...(all || used.length === 0 ? {} : { columns: used.map((place) => source.columns[place] ?? '') }),
    scaling: inRange ? 'none' : 'standardise',
  };
}

function nameOf(place: number, columns: readonly string[]): LabelColumn {
  if (place === 0) return 'first';
  return place === columns.length - 1 ? 'last' : { column: columns[place] ?? '' };
}

function labelPlace(columns: readonly string[], facts: readonly ColumnFacts[]): number | null {
  if (columns.length < 2) return null;
  const named = columns.findIndex((name, place) => LABEL_NAMES.test(name) && facts[place]?.classes);
  if (named >= 0) return named;
  const texts = facts.flatMap(({ numeric }, place) => (numeric ? [] : [place]));
  if (texts.length === 1) return texts[0] ?? null;
  for (const place of [0, columns.length - 1]) {
    const others = facts.filter((_, other) => other !== place);
    if (facts[place]?.numeric && facts[place].classes && !others.some(({ classes }) => classes)) return place;
  }
  return null;
}

async function columnFacts(source: TableSource): Promise<ColumnFacts[]> {
  const seen = source.columns.map(() => ({
    texts: 0,
    fractions: 0,
    values: new Set<string>(),
    min: 0,
    max: 0,
  }));
  let rows = 0;
  const places = source.columns.map((_, place) => place);
  for await (const batch of source.rows(places, {})) {
    for (const { cells } of batch.slice(0, ROWS_LOOKED_AT - rows)) {
      rows += 1;
      cells.forEach((cell, place) => {
        const column = seen[place];
        if (!column) return;
        const value = numberOf(cell, source.decimalComma);
        if (column.values.size <= MOST_CLASSES) column.values.add(String(cell ?? ''));
        if (Number.isNaN(value)) {
          if (typeof cell === 'string' && cell.trim() !== '') column.texts += 1;
          return;
        }
        if (!Number.isInteger(value)) column.fractions += 1;
        column.min = Math.min(column.min, value);
        column.max = Math.max(column.max, value);
      });
    }
    if (rows >= ROWS_LOOKED_AT) break;
  }
  return seen.map(({ texts, fractions, values, min, max }) => ({
    numeric: texts * 2 < rows || rows === 0,
    classes: fractions === 0 && values.size >= 2 && values.size <= MOST_CLASSES && values.size * 2 <= rows,
    min,
    max,
  }));
}
