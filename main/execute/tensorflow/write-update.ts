import { optimizerOf } from '../../../shared/optimizers/catalogue';
import type { UpdateOps } from '../../../shared/optimizers/optimizer';
import type { Update } from '../../ops/program';
import { fusedUpdates } from './fused-updates';
import type { ProgramGraph } from './saved-model/graph-writer';
import { DTYPE, FLOAT, type UpdatePlace, updateInput } from './update-place';

/**
 * Writes an update: TensorFlow's own op where it has one for the optimizer, else the optimizer's arithmetic node by node.
 * @returns a node that comes after the whole of it
 */
export function writeUpdate(update: Update, place: UpdatePlace): string {
  if (update.kind === 'assign') return assign(place, update.state, updateInput(update, 'value', place));
  return fusedUpdates[update.kind]?.(update, place) ?? writeArithmetic(update, place);
}

function assign({ graph, barrier, handle }: UpdatePlace, state: string, value: string): string {
  return graph.after('AssignVariableOp', [handle(state), value], [barrier], DTYPE);
}

function writeArithmetic(update: Update, place: UpdatePlace): string {
  const { graph, barrier, handle } = place;
  const read = (state: string) => graph.after('ReadVariableOp', [handle(state)], [barrier], DTYPE);
  const slots = new Map(Object.entries(update.slots).map(([role, state]) => [role, read(state)]));
  const inputs = {
    weight: read(update.state),
    gradient: updateInput(update, 'gradient', place),
    learningRate: updateInput(update, 'learningRate', place),
    slot: (role: string) => known(slots.get(role), update, role),
    counter: (name: string) => updateInput(update, name, place),
  };
  const result = optimizerOf(update.kind).update(nodeOps(graph), inputs, update.constants);
  // A variable is replaced, never written into, so that what was read stays what it was.
  const assigned = Object.entries(update.slots).map(([role, state]) =>
    assign(place, state, known(result.slots[role], update, role)),
  );
  return graph.after('NoOp', [], [...assigned, assign(place, update.state, result.weight)]);
}

function nodeOps(graph: ProgramGraph): UpdateOps<string> {
  const node = (op: string) => (a: string, b?: string) =>
    graph.node(op, b === undefined ? [a] : [a, b], FLOAT);
  return {
    add: node('AddV2'),
    sub: node('Sub'),
    mul: node('Mul'),
    div: node('RealDiv'),
    maximum: node('Maximum'),
    sqrt: node('Sqrt'),
    abs: node('Abs'),
    number: (value) => graph.float(value),
  };
}

function known(tensor: string | undefined, { kind, state }: Update, role: string): string {
  if (tensor === undefined) throw new Error(`The ${kind} update of ${state} has no slot ${role}`);
  return tensor;
}
