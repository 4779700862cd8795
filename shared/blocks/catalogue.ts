import { activation } from './activation';
import { add } from './add';
import { averagePool } from './average-pool';
import { averagePool1d } from './average-pool1d';
import { batchNorm } from './batch-norm';
import type { BlockDefinition } from './block';
import { code } from './code';
import { concat } from './concat';
import { conv } from './conv';
import { conv1d } from './conv1d';
import { corruptBlur } from './corrupt-blur';
import { corruptDownscale } from './corrupt-downscale';
import { corruptMasking } from './corrupt-masking';
import { corruptNoise } from './corrupt-noise';
import { corruptPatches } from './corrupt-patches';
import { corruptSaltPepper } from './corrupt-salt-pepper';
import { corruptWatermark } from './corrupt-watermark';
import { dense } from './dense';
import { dropout } from './dropout';
import { gaussianNoise } from './gaussian-noise';
import { input } from './input';
import { layerNorm } from './layer-norm';
import { maxPool } from './max-pool';
import { maxPool1d } from './max-pool1d';
import { residual } from './residual';

/** Every block there is, in the order of the palette. */
export const blocks: readonly BlockDefinition[] = [
  input,
  corruptNoise,
  corruptMasking,
  corruptSaltPepper,
  corruptBlur,
  corruptDownscale,
  corruptPatches,
  corruptWatermark,
  dense,
  conv,
  maxPool,
  averagePool,
  conv1d,
  maxPool1d,
  averagePool1d,
  residual,
  concat,
  add,
  activation,
  batchNorm,
  layerNorm,
  dropout,
  gaussianNoise,
  code,
];

const byType = new Map(blocks.map((block) => [block.type, block]));

export function blockOf(type: string): BlockDefinition | undefined {
  return byType.get(type);
}
