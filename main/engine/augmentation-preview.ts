import { augmentationOf } from '../../shared/augmentation/augmentation';
import { documentFrom } from '../../shared/document/document-text';
import { augmentationProgram } from '../compile/augmentation';
import type { Executor, Tensor } from '../execute/executor';

/**
 * What a drawing's augmentation makes of samples, as training steps would have them, by numbers of the drawing's seed. The
 * drawing need not be finished.
 *
 * @param samples float32 [count, …sample], as the model would see them
 */
export async function augmentedSamples(
  executor: Executor,
  drawing: unknown,
  samples: Tensor,
): Promise<Tensor> {
  const [count = 0, ...shape] = samples.shape;
  const { augmentation, seed } = documentFrom(drawing).training;
  if (!augmentationOf(augmentation, shape)) return samples;
  const set = augmentationProgram(augmentation, shape, count);
  const session = await executor.load(set, new Map(), { threads: 1 });
  try {
    const key = { seed, purpose: 'watching', step: 0 };
    const { outputs } = await session.run('augment', { batch: samples }, key);
    if (!outputs.augmented) throw new Error('The program “augment” gave out no samples.');
    return outputs.augmented;
  } finally {
    await session.dispose();
  }
}
