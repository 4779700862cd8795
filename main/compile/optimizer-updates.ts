import type { Optimizer } from '../../shared/document/graph-document';
import type { StateSpec, Update, Value } from '../ops/program';
import type { ProgramBuilder } from './program-builder';

/** The powers β₁ᵗ and β₂ᵗ that the next step will use: β₁ and β₂ before the first. */
export const BETA_1_POWER = 'optimizer/beta1Power';
export const BETA_2_POWER = 'optimizer/beta2Power';

/** The slots of a weight by role: `{ m: 'dense-1/kernel:m', v: 'dense-1/kernel:v' }`. */
function slotsOf(optimizer: Optimizer, weight: string): Record<string, string> {
  const named = (roles: readonly string[]) =>
    Object.fromEntries(roles.map((role) => [role, `${weight}:${role}`]));
  switch (optimizer.type) {
    case 'adam':
      return named(['m', 'v']);
    case 'sgd':
      return named(optimizer.momentum > 0 ? ['velocity'] : []);
    case 'rmsprop':
      return named(optimizer.momentum > 0 ? ['meanSquare', 'momentum'] : ['meanSquare']);
  }
}

function constantsOf(optimizer: Optimizer): Record<string, number> {
  switch (optimizer.type) {
    case 'adam':
      return { beta1: optimizer.beta1, beta2: optimizer.beta2, epsilon: optimizer.epsilon };
    case 'sgd':
      return optimizer.momentum > 0 ? { momentum: optimizer.momentum } : {};
    case 'rmsprop':
      return { rho: optimizer.rho, momentum: optimizer.momentum, epsilon: optimizer.epsilon };
  }
}

/** The state an optimizer keeps beside these weights. */
export function optimizerState(optimizer: Optimizer, weights: readonly StateSpec[]): StateSpec[] {
  const slots = weights.flatMap(({ name, shape }) =>
    Object.values(slotsOf(optimizer, name)).map((slot) => ({ name: slot, shape })),
  );
  if (optimizer.type !== 'adam') return slots;
  return [...slots, { name: BETA_1_POWER, shape: [] }, { name: BETA_2_POWER, shape: [] }];
}

/** The updates of one step: one a weight, and for Adam the powers of the next step. */
export function optimizerUpdates(
  build: ProgramBuilder,
  optimizer: Optimizer,
  gradients: ReadonlyMap<string, Value>,
  learningRate: Value,
): Update[] {
  const constants = constantsOf(optimizer);
  const powers: Record<string, Value> = {};
  const assignments: Update[] = [];
  if (optimizer.type === 'adam') {
    const next = (state: string, power: Value, beta: number): Update => {
      const value = build.add('mul', [power, build.constant(beta)]);
      return { kind: 'assign', state, slots: {}, inputs: { value }, constants: {} };
    };
    const [beta1Power, beta2Power] = [build.read(BETA_1_POWER, []), build.read(BETA_2_POWER, [])];
    Object.assign(powers, { beta1Power, beta2Power });
    assignments.push(next(BETA_1_POWER, beta1Power, optimizer.beta1));
    assignments.push(next(BETA_2_POWER, beta2Power, optimizer.beta2));
  }
  const updates = [...gradients].map(
    ([state, gradient]): Update => ({
      kind: optimizer.type,
      state,
      slots: slotsOf(optimizer, state),
      inputs: { gradient, learningRate, ...powers },
      constants,
    }),
  );
  return [...updates, ...assignments];
}
