import { blockOf } from '../../shared/blocks/catalogue';
import type { ParameterValue } from '../../shared/blocks/parameter';
import { isVariational } from '../../shared/blocks/variational-parameters';
import { setParameter, setTraining } from '../../shared/document/edits';
import type { Fix } from '../../shared/document/fixes';
import type { GraphDocument } from '../../shared/document/graph-document';
import { t } from '../strings/strings';

/** How much each value of a code is put to use. */
export interface CodeHealth {
  /** The divergence from the standard normal in nats, of a variational code; else the standard deviation. */
  readonly weights: readonly number[];
  readonly isVariational: boolean;
  /** The places of values that tell the decoder next to nothing. */
  readonly idle: readonly number[];
}

/** Below this many nats a value of a variational code tells the decoder next to nothing. */
const LEAST_NATS = 0.01;
/** A value that varies less than this share of the one that varies most is as good as constant. */
const LEAST_SHARE = 0.01;

/**
 * @param deviation of each value, over samples not trained on
 * @param divergence of each value, where the code is variational
 */
export function codeHealth(deviation: readonly number[], divergence: readonly number[] | null): CodeHealth {
  const weights = divergence ?? deviation;
  const most = Math.max(0, ...deviation);
  const least = divergence ? LEAST_NATS : LEAST_SHARE * most;
  const idle = weights.flatMap((weight, place) => (weight < least || most === 0 ? [place] : []));
  return { weights, isVariational: divergence !== null, idle };
}

/** What a code with idle values is told to be; null where all are put to use. */
export function healthSentence({ idle, weights, isVariational: variational }: CodeHealth): string | null {
  if (idle.length === 0) return null;
  const values = { count: idle.length, total: weights.length };
  if (!variational) return t('codes.health.dead', values);
  return 2 * idle.length >= weights.length
    ? t('codes.health.collapse', values)
    : t('codes.health.unused', values);
}

export function codeBlockOf({ blocks }: GraphDocument) {
  return blocks.find(({ type }) => blockOf(type)?.role === 'code');
}

/** Edits that may bring idle values to use, or do without them, the most promising first. */
export function healthFixes(document: GraphDocument, { idle, weights }: CodeHealth): readonly Fix[] {
  const block = codeBlockOf(document);
  if (!block || idle.length === 0) return [];
  const set = (label: string, name: string, value: string | number): Fix => ({
    label,
    apply: (doc) => setParameter(doc, block.id, name, value),
  });
  const params = { ...defaultsOf(block.type), ...block.params };
  const fixes: Fix[] = [];
  if (isVariational(params)) {
    const beta = Number(params.beta);
    const epochs = Math.max(1, Math.round(document.training.epochs / 3));
    if (beta > 0) {
      const lower = Number((beta / 2).toPrecision(3));
      fixes.push(set(t('codes.health.lowerBeta', { beta: lower }), 'beta', lower));
    }
    if (Number(params.betaWarmUp) < epochs)
      fixes.push(set(t('codes.health.warmUp', { count: epochs }), 'betaWarmUp', epochs));
  } else if (params.activation === 'relu') {
    fixes.push(set(t('codes.health.linear'), 'activation', 'linear'));
  }
  const used = weights.length - idle.length;
  if (used > 0) fixes.push(set(t('codes.health.smaller', { count: used }), 'size', used));
  else if (!isVariational(params) && document.training.learningRate > 1e-4) {
    const rate = Number((document.training.learningRate / 10).toPrecision(3));
    fixes.push({
      label: t('codes.health.slower', { rate }),
      apply: (doc) => setTraining(doc, { learningRate: rate }),
    });
  }
  return fixes;
}

function defaultsOf(type: string): Readonly<Record<string, ParameterValue>> {
  const params = blockOf(type)?.params ?? {};
  return Object.fromEntries(Object.entries(params).map(([name, entry]) => [name, entry.default]));
}
