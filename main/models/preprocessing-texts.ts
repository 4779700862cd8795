import { z } from 'zod';
import type { FittedScaling } from '../data/dataset';
import type { Preprocessing } from './trained-model';

const numbers = z.array(z.number()).min(1);
const scalingSchema: z.ZodType<FittedScaling> = z.object({
  kind: z.enum(['standardise', 'min-max']),
  offset: numbers,
  factor: numbers,
});
const columnsSchema = z.array(z.string()).min(1).nullable();
const dtypeSchema = z.enum(['uint8', 'float32']);

/** A model's preprocessing as texts by name, as they go into the metadata of its weights. */
export function preprocessingTexts({ dtype, scaling, columns }: Preprocessing): Record<string, string> {
  return {
    dtype,
    ...(scaling && { scaling: JSON.stringify(scaling) }),
    ...(columns && { columns: JSON.stringify(columns) }),
  };
}

/** What such texts tell; older weights say nothing of dtype and columns. */
export interface ReadPreprocessing extends Pick<Preprocessing, 'scaling'> {
  readonly dtype?: Preprocessing['dtype'];
  readonly columns?: readonly string[];
}

/**
 * Reads them back.
 *
 * @param valuesEach how many values a sample has
 * @throws Error that says what is wrong
 */
export function readPreprocessing(
  texts: Readonly<Record<string, string>>,
  valuesEach: number,
): ReadPreprocessing {
  const scaling = texts.scaling === undefined ? null : scalingOf(texts.scaling, valuesEach);
  const dtype = texts.dtype === undefined ? undefined : checked(dtypeSchema, texts.dtype, 'type of samples');
  const columns =
    texts.columns === undefined ? null : checked(columnsSchema, json(texts.columns, 'columns'), 'columns');
  return { scaling, ...(dtype && { dtype }), ...(columns && { columns }) };
}

function scalingOf(text: string, valuesEach: number): FittedScaling {
  const scaling = checked(scalingSchema, json(text, 'scaling'), 'scaling');
  const { offset, factor } = scaling;
  if (offset.length !== factor.length || (offset.length !== 1 && offset.length !== valuesEach)) {
    throw new Error(`its scaling is of ${offset.length} values, a sample has ${valuesEach}`);
  }
  if (factor.includes(0)) throw new Error('its scaling makes values 0');
  return scaling;
}

function json(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`its ${what} can't be read`);
  }
}

function checked<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`its ${what} can't be read`);
}
