import type { BlockDefinition } from './block';
import { codeRule } from './code-rule';
import { denseRule, tiedDenseRule } from './dense-rule';
import { freezing } from './freezing';
import { activationEntry, kernelInitializer, useBias } from './layer-parameters';
import { integer } from './parameter';
import {
  activityPenalty,
  activityProblems,
  contraction,
  isCharged,
  weightPenalties,
} from './penalty-parameters';
import { isVariational, variationalCode, variationalProblems } from './variational-parameters';

const params = {
  size: integer({
    label: 'Size',
    help: 'How many values each sample is squeezed into.',
    min: 1,
    max: 2 ** 31 - 1,
    default: 32,
  }),
  activation: activationEntry('linear'),
  kernelInitializer,
  useBias,
  ...variationalCode,
  ...activityPenalty,
  contraction,
  ...weightPenalties,
  ...freezing,
};

/** The narrow middle: a dense layer whose values are the code. Its mirror is the first layer of the decoder. */
export const code: BlockDefinition<typeof params> = {
  type: 'code',
  role: 'code',
  label: 'Code',
  mirrorLabel: 'Dense',
  description: 'The bottleneck: everything the decoder knows of a sample.',
  alsoCalled: ['bottleneck', 'latent', 'latent space', 'embedding', 'encoding', 'z', 'VAE'],
  params,
  width: 'size',
  accepts: 'vector',
  describe: ({ size, coding }) => (coding === 'variational' ? `${size} · μ, σ` : `${size}`),
  problems: (params, _, nodeId) => [
    ...activityProblems(params, nodeId),
    ...variationalProblems(params, nodeId),
  ],
  regularises: (params) => isCharged(params) || params.contraction > 0 || isVariational(params),
  outputShape: ({ size }) => [size],
  encoder: codeRule,
  mirror: denseRule,
  tiedMirror: tiedDenseRule,
  mirrorTakesMore: true,
};
