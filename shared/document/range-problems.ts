import type { Activation } from '../blocks/layer-ops';
import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';
import { lossOf } from '../losses/catalogue';
import { lossSum } from '../losses/loss-sum';
import { OUTPUT } from '../plan/mirror';
import { spaceOf } from '../tasks/catalogue';
import { scalingOf } from './data-reference';
import type { GraphDocument } from './graph-document';

/** The values an activation can give out, where they are bounded. */
const OUTPUT_RANGES: Partial<Record<Activation, readonly [min: number, max: number]>> = {
  sigmoid: [0, 1],
  tanh: [-1, 1],
  relu: [0, Number.POSITIVE_INFINITY],
  relu6: [0, 6],
  softplus: [0, Number.POSITIVE_INFINITY],
};

/** Samples as the model sees them: smallest and largest value, and whether they are bytes, which stand for 0 to 1. */
interface SeenSamples {
  readonly range: readonly [min: number, max: number];
  readonly dtype: 'uint8' | 'float32';
}

/**
 * What of the losses and the output activation does not go with the range of the data: what a loss refuses, or else what the
 * output can't reach. Data that min-max scales lie between 0 and 1 where they are trained on, whatever others do.
 */
export function rangeProblems(
  { data, output, task }: GraphDocument,
  { range, dtype }: SeenSamples,
): readonly Problem[] {
  const isMinMax = dtype === 'float32' && scalingOf(data) === 'min-max';
  const [lowest, highest] = isMinMax ? [0, 1] : range;
  const canScale = dtype === 'float32' && !isMinMax && (data.kind === 'table' || data.kind === 'npy');
  const remedied = (found: Problem): Problem =>
    canScale ? { ...found, remedy: { scaling: 'min-max' } } : found;
  const isLab = spaceOf(task) === 'lab';
  if (isLab && (lowest < 0 || highest > 1)) {
    const found = problem('LAB_DATA_RANGE', { min: lowest, max: highest }, { path: 'task.space' });
    return [remedied(found)];
  }
  // a* and b* are scaled to lie between 0 and 1.
  const [min, max] = isLab ? [0, 1] : [lowest, highest];
  const losses = lossSum(output).map(({ loss }) => lossOf(loss));
  const refused = losses.flatMap((loss) => loss.dataProblems([min, max], OUTPUT));
  if (refused.length > 0) return refused.map(remedied);
  const held = isMinMax && !isLab && losses.some((loss) => loss.dataProblems(range, OUTPUT).length > 0);
  if (held) {
    const values = { min: range[0], max: range[1] };
    return [problem('BCE_HELD_OUT_RANGE', values, { nodeId: OUTPUT, param: 'loss' })];
  }
  const reach = OUTPUT_RANGES[output.activation];
  if (!reach || (min >= reach[0] && max <= reach[1])) return [];
  const values = { activation: output.activation, lowest: reach[0], highest: reach[1], min, max };
  const found = problem('OUTPUT_OUT_OF_REACH', values, { nodeId: OUTPUT, param: 'activation' });
  return [reach[0] <= 0 && reach[1] >= 1 ? remedied(found) : found];
}
