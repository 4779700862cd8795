import type { ParameterEntries, ParameterValue } from './parameter';

/** A member of a catalogue that has parameters of its own: a schedule, an optimizer. */
interface Choosable {
  readonly type: string;
  readonly params: ParameterEntries;
}

/** What was chosen from a catalogue, as a document holds it: its type and its parameters, side by side. */
export type Chosen = { readonly type: string } & Readonly<Record<string, ParameterValue>>;

/** A choice with its default parameters. */
export function withDefaults({ type, params }: Choosable): Chosen {
  return {
    type,
    ...Object.fromEntries(Object.entries(params).map(([name, entry]) => [name, entry.default])),
  };
}

/** The same choice with its parameters in the order in which they are listed, and none but these. */
export function inListedOrder({ type, params }: Choosable, chosen: Chosen): Chosen {
  const entries = Object.keys(params).flatMap((name): [string, ParameterValue][] => {
    const value = chosen[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { type, ...Object.fromEntries(entries) };
}
