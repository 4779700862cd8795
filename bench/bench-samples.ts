import { existsSync } from 'node:fs';
import { openDataset } from '../main/data/open-dataset';
import { referenceFor } from '../main/data/reference-for';

/** The first `count` training samples of MNIST where it is there, else of the built-in digits: 28×28 uint8 both. */
export async function benchSamples(
  mnist: string,
  count: number,
): Promise<{ name: string; values: Uint8Array }> {
  const reference = existsSync(mnist)
    ? await referenceFor(mnist)
    : ({ kind: 'builtin', name: 'digits-and-shapes', count, shape: [28, 28, 1] } as const);
  const { name, train } = await openDataset(reference, null);
  if (!(train.values instanceof Uint8Array)) throw new Error(`Expected uint8 samples in ${name}.`);
  return { name, values: train.values.subarray(0, count * 784) };
}
