import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';
import { choice, integer, number, type ParameterValue } from './parameter';

/** The heading these stand under in the inspector. */
const VARIATIONAL = 'Variational code';
const shownFor = { param: 'coding', values: ['variational'] } as const;

/** Whether a code is made of values, or drawn from a distribution of which the encoder gives mean and variance. */
export const variationalCode = {
  coding: choice({
    label: 'Coding',
    help: 'Whether the encoder gives the code itself, or a mean and a variance that training draws it by.',
    options: [
      { value: 'plain', label: 'Values' },
      { value: 'variational', label: 'Mean and variance' },
    ],
    default: 'plain',
    extra: VARIATIONAL,
    ofEncoder: true,
  }),
  beta: number({
    label: 'β',
    help: 'How much the divergence from the standard normal counts beside the loss, both summed over a sample.',
    min: 0,
    max: 1_000,
    step: 0.1,
    default: 1,
    extra: VARIATIONAL,
    ofEncoder: true,
    shownFor,
  }),
  betaWarmUp: integer({
    label: 'β warm-up',
    help: 'Over so many epochs β grows from 0, so that the code is put to use before it is charged for.',
    unit: 'epochs',
    min: 0,
    max: 10_000,
    default: 0,
    extra: VARIATIONAL,
    ofEncoder: true,
    shownFor,
  }),
};

type Params = Readonly<Record<string, ParameterValue>>;

export function isVariational(params: Params): boolean {
  return params.coding === 'variational';
}

/** What is wrong with a variational code of these parameters. */
export function variationalProblems(params: Params, nodeId: string): readonly Problem[] {
  if (!isVariational(params) || params.activation === 'linear') return [];
  const values = { activation: String(params.activation) };
  return [problem('VARIATIONAL_ACTIVATION', values, { nodeId, param: 'activation' })];
}
