import type { Program, StateSpec, Update } from '../../ops/program';
import { DTYPE, FLOAT, type UpdatePlace, updateInput } from './update-place';

/** Writes an update with an op that changes a weight and its slots in place. */
type FusedUpdate = (update: Update, place: UpdatePlace) => string;

/**
 * The optimizers TensorFlow has ops for that compute just what the optimizer's own file says, in one pass over memory.
 * The others are written node by node: Keras' Nadam and its place of Adagrad's epsilon are not those of TensorFlow's ops.
 */
export const fusedUpdates: Readonly<Record<string, FusedUpdate>> = {
  adam: (update, place) => applyAdam(update, place, place.barrier),
  adamw(update, place) {
    const { graph, barrier, handle } = place;
    const weight = graph.after('ReadVariableOp', [handle(update.state)], [barrier], DTYPE);
    const share = graph.node(
      'Mul',
      [updateInput(update, 'learningRate', place), constant(update, 'weightDecay', place)],
      FLOAT,
    );
    const inputs = [handle(update.state), share, weight];
    return applyAdam(update, place, graph.after('ResourceApplyGradientDescent', inputs, [barrier], FLOAT));
  },
  adamax: (update, place) =>
    apply('ResourceApplyAdaMax', place, [
      ...[place.handle(update.state), slot(update, 'm', place), slot(update, 'u', place)],
      ...['beta1Power', 'learningRate'].map((role) => updateInput(update, role, place)),
      ...['beta1', 'beta2', 'epsilon'].map((name) => constant(update, name, place)),
      updateInput(update, 'gradient', place),
    ]),
  sgd(update, place) {
    const weight = place.handle(update.state);
    const step = [updateInput(update, 'learningRate', place), updateInput(update, 'gradient', place)];
    if (update.slots.velocity === undefined) {
      return apply('ResourceApplyGradientDescent', place, [weight, ...step]);
    }
    const momentum = constant(update, 'momentum', place);
    const inputs = [weight, slot(update, 'velocity', place), ...step, momentum];
    return apply('ResourceApplyKerasMomentum', place, inputs);
  },
  rmsprop: (update, place) =>
    apply('ResourceApplyRMSProp', place, [
      ...[place.handle(update.state), slot(update, 'meanSquare', place)],
      ...[place.handle(update.slots.momentum ?? scratchName(update))],
      ...[updateInput(update, 'learningRate', place)],
      ...['rho', 'momentum', 'epsilon'].map((name) => constant(update, name, place)),
      updateInput(update, 'gradient', place),
    ]),
};

function apply(op: string, { graph, barrier }: UpdatePlace, inputs: readonly string[]): string {
  return graph.after(op, inputs, [barrier], FLOAT);
}

function applyAdam(update: Update, place: UpdatePlace, after: string): string {
  const inputs = [
    ...[place.handle(update.state), slot(update, 'm', place), slot(update, 'v', place)],
    ...['beta1Power', 'beta2Power', 'learningRate'].map((role) => updateInput(update, role, place)),
    ...['beta1', 'beta2', 'epsilon'].map((name) => constant(update, name, place)),
    updateInput(update, 'gradient', place),
  ];
  return place.graph.after('ResourceApplyAdam', inputs, [after], FLOAT);
}

function slot({ kind, state, slots }: Update, role: string, { handle }: UpdatePlace): string {
  const name = slots[role];
  if (name === undefined) throw new Error(`The ${kind} update of ${state} has no slot ${role}`);
  return handle(name);
}

function constant({ constants }: Update, name: string, { graph }: UpdatePlace): string {
  return graph.float(Number(constants[name]));
}

/** The scratch variables that a program's fused updates need beyond the declared state, by name. */
export function scratchState(program: Program, state: readonly StateSpec[]): readonly StateSpec[] {
  return program.updates.flatMap((update) => {
    // TensorFlow's fused RMSProp always has a momentum slot; without momentum it holds only the last step.
    if (update.kind !== 'rmsprop' || update.slots.momentum !== undefined) return [];
    const spec = state.find(({ name }) => name === update.state);
    return spec ? [{ name: scratchName(update), shape: spec.shape }] : [];
  });
}

function scratchName(update: Update): string {
  return `${update.state}:scratch`;
}
