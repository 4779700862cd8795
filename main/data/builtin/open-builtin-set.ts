import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import { valueCount } from '../../../shared/tensors/shape';
import type { Dataset, LoadControl, SampleArray, Split } from '../dataset';
import { throwIfCancelled } from '../load-limits';
import { rangeOf } from '../value-range';
import { BUILTIN_EDITION, type BuiltinSetDefinition, builtinSets } from './builtin-sets';

/** Samples drawn before the engine gets to answer others: about 10 ms. */
const SAMPLES_A_TURN = 100;

/**
 * Draws `count` training samples of a built-in set and a tenth as many test samples, which come from random numbers
 * of their own. Sample 5 is the same whatever the count.
 *
 * @throws ProblemError for an unknown name or a count out of range @throws Cancelled
 */
export async function openBuiltinSet(name: string, count: number, control: LoadControl): Promise<Dataset> {
  const set = builtinSets.find((candidate) => candidate.name === name);
  if (set === undefined) {
    const known = builtinSets.map((candidate) => candidate.name).join(' and ');
    throw new ProblemError(problem('BUILTIN_UNKNOWN', { name, known }));
  }
  const { smallestCount: smallest, largestCount: largest } = set;
  if (!Number.isInteger(count) || count < smallest || count > largest) {
    throw new ProblemError(problem('BUILTIN_COUNT', { name, count, smallest, largest }));
  }
  const testCount = Math.ceil(count / 10);
  const done = { samples: 0, total: count + testCount };
  const train = await draw(set, 'train', count, done, control);
  const test = await draw(set, 'test', testCount, done, control);
  return {
    name: set.title,
    train,
    test,
    labelNames: set.labelNames,
    range: rangeOf([train, test]),
    fingerprint: createHash('sha256').update(`builtin\0${name}\0${count}\0${BUILTIN_EDITION}`).digest('hex'),
    notes: [],
  };
}

async function draw(
  set: BuiltinSetDefinition,
  split: Split,
  count: number,
  done: { samples: number; readonly total: number },
  control: LoadControl,
): Promise<SampleArray> {
  const valuesEach = valueCount(set.shape);
  const values = new Uint8Array(count * valuesEach);
  const labels = new Int32Array(count);
  for (let index = 0; index < count; index++) {
    labels[index] = set.draw(split, index, values.subarray(index * valuesEach, (index + 1) * valuesEach));
    done.samples += 1;
    if (done.samples % SAMPLES_A_TURN === 0 || done.samples === done.total) {
      control.onProgress?.({ stage: 'Drawing', done: done.samples, total: done.total, unit: 'samples' });
      await setImmediate();
      throwIfCancelled(control);
    }
  }
  return { dtype: 'uint8', count, shape: set.shape, values, labels };
}
