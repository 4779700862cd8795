import { isCharged } from '../../shared/blocks/penalty-parameters';
import { penaltyOf } from '../../shared/penalties/catalogue';
import type { Plan } from '../../shared/plan/plan';
import type { ModelSession } from '../execute/executor';
import { encodeRows, type SamplesToEncode } from './encode-rows';
import type { Go } from './evaluation';

/** How active the units of a code are that is charged for its activity. */
export interface CodeActivity {
  /** The code's layer. */
  readonly layer: string;
  /** The mean over units and samples. */
  readonly mean: number;
  readonly units: number;
  /** The mean activities that count as sparse. */
  readonly from: number;
  readonly to: number;
  /** The share of the units whose mean activity is among these. */
  readonly share: number;
}

/** What counts as sparse where a penalty has no target: what does for the usual target of 0.05. */
const USUAL_TARGET = 0.05;

/**
 * The mean activity of every unit of the code over these samples, and how many of the units keep near the target: from
 * 0.4 to 2 times it, 0.02 to 0.1 for the usual one.
 *
 * @returns null where the code is not charged, and where `go` said no
 */
export async function codeActivity(
  session: ModelSession,
  { layers, codeIndex }: Plan,
  encoded: SamplesToEncode,
  go: Go,
): Promise<CodeActivity | null> {
  const code = layers[codeIndex];
  if (!code || !isCharged(code.params) || encoded.rows.length === 0) return null;
  const units = code.outputShape.at(-1) ?? 1;
  const sums = new Float64Array(units);
  let values = 0;
  const isWhole = await encodeRows(session, encoded, go, (codes) => {
    for (let i = 0; i < codes.length; i++) sums[i % units] = (sums[i % units] ?? 0) + (codes[i] ?? 0);
    values += codes.length / units;
  });
  if (!isWhole) return null;
  const means = sums.map((sum) => sum / values);
  const hasTarget = penaltyOf(String(code.params.activityPenalty))?.hasTarget ?? false;
  const target = hasTarget ? Number(code.params.activityTarget) : USUAL_TARGET;
  const [from = 0, to = 1] = [0.4 * target, 2 * target].map((bound) => Number(bound.toPrecision(3)));
  const sparse = means.filter((mean) => mean >= from && mean <= to).length;
  return {
    layer: code.id,
    mean: means.reduce((sum, mean) => sum + mean, 0) / units,
    units,
    from,
    to,
    share: sparse / units,
  };
}
