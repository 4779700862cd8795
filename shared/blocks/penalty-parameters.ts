import type { Problem } from '../errors/problem';
import { penalties, penaltyOf } from '../penalties/catalogue';
import { choice, number, type ParameterValue } from './parameter';

/** The heading these stand under in the inspector. */
const PENALTIES = 'Penalties';
const targeted = penalties.filter(({ hasTarget }) => hasTarget).map(({ type }) => type);

/** What the units of a block are charged for what they give out. Of the block alone: its mirror is not charged. */
export const activityPenalty = {
  activityPenalty: choice({
    label: 'Activity penalty',
    help: 'Charges for what the units give out, so that few of them are active for any one sample: a sparse code.',
    options: [
      { value: 'none', label: 'None' },
      ...penalties.map(({ type, label }) => ({ value: type, label })),
    ],
    default: 'none',
    extra: PENALTIES,
    ofEncoder: true,
  }),
  activityWeight: number({
    label: 'Penalty weight',
    help: 'How much a unit’s penalty counts beside the loss.',
    min: 0,
    max: 1_000,
    step: 0.0001,
    default: 0.001,
    extra: PENALTIES,
    ofEncoder: true,
    shownFor: { param: 'activityPenalty', values: penalties.map(({ type }) => type) },
  }),
  activityTarget: number({
    label: 'Target activity',
    help: 'The mean activity over a batch that each unit is drawn to.',
    min: 0.001,
    max: 0.999,
    step: 0.01,
    default: 0.05,
    extra: PENALTIES,
    ofEncoder: true,
    shownFor: { param: 'activityPenalty', values: targeted },
  }),
};

/** What the code is charged for how fast it changes with the input. */
export const contraction = number({
  label: 'Contraction',
  help: 'Charges this much times the squared slopes of the code, so that it ignores small changes of the input.',
  min: 0,
  max: 1_000,
  step: 0.0001,
  default: 0,
  extra: PENALTIES,
  ofEncoder: true,
});

/** What the kernels of a block are held to; a twin may be held to something else. */
export const weightPenalties = {
  l1: number({
    label: 'L1 of weights',
    help: 'Charges this much times the size of every weight, biases apart: many become 0.',
    min: 0,
    max: 1_000,
    step: 0.0001,
    default: 0,
    structural: false,
    extra: PENALTIES,
  }),
  l2: number({
    label: 'L2 of weights',
    help: 'Charges this much times the square of every weight, biases apart, so that none grows large.',
    min: 0,
    max: 1_000,
    step: 0.0001,
    default: 0,
    structural: false,
    extra: PENALTIES,
  }),
  maxNorm: number({
    label: 'Max-norm',
    help: 'The length that the weights into a unit may have at most, together; 0: any.',
    min: 0,
    max: 1_000,
    step: 0.1,
    default: 0,
    structural: false,
    extra: PENALTIES,
  }),
};

type Params = Readonly<Record<string, ParameterValue>>;

/** What is wrong with the activity penalty of a block with these parameters. */
export function activityProblems(params: Params, nodeId: string): readonly Problem[] {
  return penaltyOf(String(params.activityPenalty))?.problems(String(params.activation), nodeId) ?? [];
}

/** Whether the block's units are charged for what they give out. */
export function isCharged(params: Params): boolean {
  return penaltyOf(String(params.activityPenalty)) !== null && Number(params.activityWeight) > 0;
}
