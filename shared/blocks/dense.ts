import type { BlockDefinition } from './block';
import { denseRule, tiedDenseRule } from './dense-rule';
import { freezing } from './freezing';
import { activationEntry, kernelInitializer, useBias } from './layer-parameters';
import { integer } from './parameter';
import { activityPenalty, activityProblems, isCharged, weightPenalties } from './penalty-parameters';

const params = {
  units: integer({
    label: 'Units',
    help: 'How many values the layer gives out.',
    min: 1,
    // The largest length TensorFlow counts with; what fits the memory is the planner's to say.
    max: 2 ** 31 - 1,
    default: 128,
  }),
  activation: activationEntry('relu'),
  kernelInitializer,
  useBias,
  ...activityPenalty,
  ...weightPenalties,
  ...freezing,
};

/** A fully connected layer; its mirror is the dense layer of the transposed shape. */
export const dense: BlockDefinition<typeof params> = {
  type: 'dense',
  role: 'layer',
  label: 'Dense',
  mirrorLabel: 'Dense',
  description: 'Connects every value that comes in with every unit.',
  alsoCalled: ['fully connected', 'linear', 'FC', 'perceptron', 'InnerProduct'],
  params,
  width: 'units',
  accepts: 'vector',
  describe: ({ units }) => `${units}`,
  problems: (params, _, nodeId) => activityProblems(params, nodeId),
  regularises: isCharged,
  outputShape: ({ units }) => [units],
  encoder: denseRule,
  mirror: denseRule,
  tiedMirror: tiedDenseRule,
  mirrorTakesMore: true,
};
