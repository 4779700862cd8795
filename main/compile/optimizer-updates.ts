import { type Optimizer, optimizerOf } from '../../shared/optimizers/catalogue';
import type { StateSpec, Update, Value } from '../ops/program';
import { arithmetic } from './arithmetic';
import { assignment } from './assignment';
import type { ProgramBuilder } from './program-builder';

/** A state tensor of an optimizer, and what every number of it is before the first step. */
interface OptimizerState extends StateSpec {
  readonly start: number;
}

const slotName = (weight: string, role: string) => `${weight}:${role}`;
const counterName = (counter: string) => `optimizer/${counter}`;

/** The state an optimizer keeps: its slots beside these weights, then what it counts for all of them. */
export function optimizerState(optimizer: Optimizer, weights: readonly StateSpec[]): OptimizerState[] {
  const { slots, counters } = optimizerOf(optimizer.type);
  return [
    ...weights.flatMap(({ name, shape }) =>
      slots(optimizer).map(({ role, start }) => ({ name: slotName(name, role), shape, start })),
    ),
    ...counters(optimizer).map(({ name, start }) => ({ name: counterName(name), shape: [], start })),
  ];
}

/** What the weights of one step learn by. */
interface Rates {
  readonly learningRate: Value;
  /** By how much it is multiplied, by weight; where none is named, by 1. */
  readonly factors: ReadonlyMap<string, number>;
}

/**
 * The updates of one step: one a weight, and one a counter, for the next step. A factor multiplies the learning rate that an
 * update is given, and so the step itself: a gradient's own length means nothing to Adam and its like.
 */
export function optimizerUpdates(
  build: ProgramBuilder,
  optimizer: Optimizer,
  gradients: ReadonlyMap<string, Value>,
  { learningRate, factors }: Rates,
): Update[] {
  const { type, ...constants } = optimizer;
  const definition = optimizerOf(type);
  const roles = definition.slots(optimizer).map(({ role }) => role);
  const counters = definition.counters(optimizer);
  const counter = (name: string) => build.read(counterName(name), []);
  const counted = Object.fromEntries(counters.map(({ name }) => [name, counter(name)]));
  const rates = new Map([[1, learningRate]]);
  for (const factor of factors.values()) {
    if (!rates.has(factor)) rates.set(factor, build.add('mul', [learningRate, build.constant(factor)]));
  }
  const rateOf = (state: string) => rates.get(factors.get(state) ?? 1) ?? learningRate;
  const updates = [...gradients].map(
    ([state, gradient]): Update => ({
      kind: type,
      state,
      slots: Object.fromEntries(roles.map((role) => [role, slotName(state, role)])),
      inputs: { gradient, learningRate: rateOf(state), ...counted },
      constants,
    }),
  );
  const ops = { ...arithmetic(build), number: (value: number) => build.constant(value) };
  const assignments = counters.map(({ name, next }) => assignment(counterName(name), next(ops, counter)));
  return [...updates, ...assignments];
}
