import type { LabelColumn } from '../../../shared/document/data-reference';
import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import { namedFew } from '../named-few';
import { labelPlaceOf } from './open-table';

/** Where in a table the columns are that a model was trained on. */
interface ChosenColumns {
  readonly label: number | null;
  /** In the order in which the model takes them. */
  readonly used: readonly number[];
  /** What the user should know of the choice. */
  readonly note: string | null;
}

/**
 * Finds the columns that a model takes among those of another table: by their names, in whatever order they stand there; by
 * their places, where either table has no names and, without the label, there are as many.
 *
 * @throws ProblemError naming the first column that is missing
 */
export function columnsOfModel(
  all: readonly string[],
  wanted: readonly string[],
  label: LabelColumn,
  file: string,
): ChosenColumns {
  const places = wanted.map((column) => all.indexOf(column));
  const labelPlace = labelPlaceOf(label, all, file);
  if (!places.includes(-1)) {
    // A column that the model takes is no label of it.
    return {
      label: labelPlace !== null && places.includes(labelPlace) ? null : labelPlace,
      used: places,
      note: null,
    };
  }
  const others = all.flatMap((_, place) => (place === labelPlace ? [] : [place]));
  const isUnnamed = [all, wanted].some((names) => names.every((name) => /^\d+$/.test(name)));
  if (isUnnamed && others.length === wanted.length) {
    const note =
      'Its columns are taken by their places, as they do not have the names that the model was trained with.';
    return { label: labelPlace, used: others, note };
  }
  const known = namedFew(all.map((name) => `“${name}”`));
  const column = wanted[places.indexOf(-1)] ?? '';
  throw new ProblemError(problem('TABLE_COLUMN_UNKNOWN', { file, column, known }));
}
