import { activation } from './activation';
import type { BlockDefinition } from './block';
import { code } from './code';
import { conv } from './conv';
import { dense } from './dense';
import { dropout } from './dropout';
import { gaussianNoise } from './gaussian-noise';
import { input } from './input';
import { maxPool } from './max-pool';
import { residual } from './residual';

/** Every block there is, in the order of the palette. */
export const blocks: readonly BlockDefinition[] = [
  input,
  dense,
  conv,
  maxPool,
  residual,
  activation,
  dropout,
  gaussianNoise,
  code,
];

const byType = new Map(blocks.map((block) => [block.type, block]));

export function blockOf(type: string): BlockDefinition | undefined {
  return byType.get(type);
}
