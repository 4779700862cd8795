import { z } from 'zod';
import { MAX_SIDE, pictureText } from '../marks/picture-text';

interface EntryBase<T> {
  readonly label: string;
  /** One sentence, shown beside the control. */
  readonly help: string;
  readonly default: T;
  readonly schema: z.ZodType<T>;
  /**
   * Whether the parameter shapes the pair: editing it on a twin edits the encoder block. What the mirror leaves
   * free (activation, initialiser, bias) is not structural and becomes a deliberate difference of the twin.
   */
  readonly structural: boolean;
  /**
   * The heading it stands under in the inspector, where it is for a few drawings only: a file holds it where it is not
   * its default.
   */
  readonly extra?: string;
  /** Whether it is of the encoder block alone: for its mirror it is always the default. */
  readonly ofEncoder?: boolean;
  /** The other parameter, a choice, and the values of it that give this one a meaning. */
  readonly shownFor?: { readonly param: string; readonly values: readonly string[] };
}
export interface IntegerEntry extends EntryBase<number> {
  readonly kind: 'integer';
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
}
interface NumberEntry extends EntryBase<number> {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly unit?: string;
}
export interface ChoiceEntry<T extends string> extends EntryBase<T> {
  readonly kind: 'choice';
  readonly options: readonly { readonly value: T; readonly label: string }[];
}
export interface ToggleEntry extends EntryBase<boolean> {
  readonly kind: 'toggle';
}

/** A line of text. */
export interface TextEntry extends EntryBase<string> {
  readonly kind: 'text';
  /** The letters it may be made of, capitals for both cases. */
  readonly letters: string;
  /** How long it may be; it has one letter at least. */
  readonly max: number;
}

/** A small picture in grey, in the drawing itself: as `pictureText` writes it, empty where there is none. */
export interface PictureEntry extends EntryBase<string> {
  readonly kind: 'picture';
  /** Pixels along its longer side at most. */
  readonly max: number;
}

/** At once a parameter's type, validator, default, unit and form control. */
export type ParameterEntry =
  | IntegerEntry
  | NumberEntry
  | ChoiceEntry<string>
  | ToggleEntry
  | TextEntry
  | PictureEntry;
export type ParameterEntries = Readonly<Record<string, ParameterEntry>>;
export type ParameterValue = number | string | boolean;
export type ParameterValues<P extends ParameterEntries> = { readonly [K in keyof P]: P[K]['default'] };

type Given<E extends EntryBase<unknown>> = Omit<E, 'kind' | 'schema' | 'structural'> & {
  structural?: boolean;
};

export function integer(entry: Given<IntegerEntry>): IntegerEntry {
  const schema = z.int().min(entry.min).max(entry.max);
  return { structural: true, ...entry, kind: 'integer', schema };
}

export function number(entry: Given<NumberEntry>): NumberEntry {
  const schema = z.number().min(entry.min).max(entry.max);
  return { structural: true, ...entry, kind: 'number', schema };
}

export function choice<const T extends string>(
  entry: Omit<Given<ChoiceEntry<T>>, 'default'> & { default: NoInfer<T> },
): ChoiceEntry<T> {
  const values = entry.options.map((option) => option.value);
  return { structural: true, ...entry, kind: 'choice', schema: z.enum(values) as z.ZodType<T> };
}

export function toggle(entry: Given<ToggleEntry>): ToggleEntry {
  return { structural: true, ...entry, kind: 'toggle', schema: z.boolean() };
}

export function picture(entry: Omit<Given<PictureEntry>, 'default' | 'max'>): PictureEntry {
  const own = { structural: true, default: '', max: MAX_SIDE, ...entry };
  return { ...own, kind: 'picture', schema: pictureText };
}

export function text(entry: Given<TextEntry>): TextEntry {
  const letters = `${entry.letters}${entry.letters.toLowerCase()}`.replace(/[\\\]^-]/g, '\\$&');
  const schema = z.string().regex(new RegExp(`^[${letters}]{1,${entry.max}}$`));
  return { structural: true, ...entry, kind: 'text', schema };
}
