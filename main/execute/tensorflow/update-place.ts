import type { TensorFlowAttribute } from '../../ops/op';
import type { Update } from '../../ops/program';
import type { ProgramGraph } from './saved-model/graph-writer';

/** Where an update is written. */
export interface UpdatePlace {
  readonly graph: ProgramGraph;
  /** The node after which alone state may change. */
  readonly barrier: string;
  /** The resource handle of a state tensor, or of an update's scratch space. */
  handle(state: string): string;
}

export const FLOAT: Readonly<Record<string, TensorFlowAttribute>> = { T: { type: 'float32' } };
export const DTYPE: Readonly<Record<string, TensorFlowAttribute>> = { dtype: { type: 'float32' } };

/** The tensor that holds an input of an update. */
export function updateInput({ kind, state, inputs }: Update, role: string, { graph }: UpdatePlace): string {
  const value = inputs[role];
  if (!value) throw new Error(`The ${kind} update of ${state} lacks its input ${role}`);
  return graph.get(value);
}
