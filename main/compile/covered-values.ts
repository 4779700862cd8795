import { blockOf } from '../../shared/blocks/catalogue';
import type { Plan } from '../../shared/plan/plan';
import type { Value } from '../ops/program';
import { type LoweringMode, layerOps } from './lower-plan';
import type { ProgramBuilder } from './program-builder';

/**
 * Which values of the encoder's input the plan's corruptions change: 1 for those, 0 for others; those of corruptions that
 * change all values, such as noise, count as untouched. Null where no corruption tells.
 *
 * @param batch how many samples there are
 * @returns float32, shaped like what the encoder is given
 */
export function coveredValues(
  build: ProgramBuilder,
  { layers }: Plan,
  batch: number,
  mode: LoweringMode,
): Value | null {
  const untouched = layers.flatMap((layer) => {
    const covers = blockOf(layer.type)?.covers;
    if (!covers) return [];
    const ops = layerOps(build, layer, batch, mode);
    return [build.inLayer(layer.id, () => ops.affine(covers(ops, layer), -1, 1))];
  });
  const [first, ...others] = untouched;
  if (!first) return null;
  const none = others.reduce((all, one) => build.add('mul', [all, one]), first);
  return build.inLayer('input', () => build.add('sub', [build.constant(1), none]));
}
