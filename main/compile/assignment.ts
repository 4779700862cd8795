import type { Update, Value } from '../ops/program';

/** The update that gives a state tensor new contents. */
export function assignment(state: string, value: Value): Update {
  return { kind: 'assign', state, slots: {}, inputs: { value }, constants: {} };
}
