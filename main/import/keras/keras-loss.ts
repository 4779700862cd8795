import type { ForeignLoss } from '../foreign-layer';
import { isRecord } from '../untrusted-config';

const LOSSES: Readonly<Record<string, ForeignLoss>> = {
  mse: 'mse',
  mean_squared_error: 'mse',
  meansquarederror: 'mse',
  bce: 'bce',
  binary_crossentropy: 'bce',
  binarycrossentropy: 'bce',
  mae: 'mae',
  mean_absolute_error: 'mae',
  meanabsoluteerror: 'mae',
  huber: 'huber',
  cosine_similarity: 'cosine',
  cosinesimilarity: 'cosine',
};

/** The loss a Keras config names, where we have it. */
export function lossNamed(value: unknown): ForeignLoss | null {
  const name = isRecord(value) ? (value.class_name ?? '') : value;
  if (typeof name !== 'string') return null;
  const key = name.toLowerCase();
  return Object.hasOwn(LOSSES, key) ? (LOSSES[key] ?? null) : null;
}
