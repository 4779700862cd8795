import { documentFrom } from '../../shared/document/document-text';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { Layer } from '../../shared/plan/plan';
import { planDocument } from '../../shared/plan/plan-document';
import { corruptionProgram } from '../compile/corruption-program';
import type { Executor, Tensor } from '../execute/executor';

/**
 * What a corrupting block, with those before it, makes of samples: as in a run's evaluation, by numbers of the drawing's
 * seed. The drawing need not be finished.
 *
 * @param samples float32, shaped like the drawing's data, as the model would see them
 * @throws ProblemError where the block can't be placed in the drawing
 */
export async function corruptedSamples(
  executor: Executor,
  drawing: unknown,
  blockId: string,
  samples: Tensor,
): Promise<Tensor> {
  const [count = 0, ...shape] = samples.shape;
  const read = documentFrom(drawing);
  const document = { ...read, data: { ...read.data, shape } };
  const layers = wayTo(planDocument(document).layers, blockId);
  if (!layers) throw new ProblemError(problem('NOTHING_TO_PREVIEW', { block: blockId }, { nodeId: blockId }));
  const set = corruptionProgram(document.task, layers, shape, count);
  const session = await executor.load(set, new Map(), { threads: 1 });
  try {
    const key = { seed: document.training.seed, purpose: 'watching', step: 0 };
    const { outputs } = await session.run('corrupt', { batch: samples }, key);
    if (!outputs.seen) throw new Error('The program “corrupt” gave out no samples.');
    return outputs.seen;
  } finally {
    await session.dispose();
  }
}

/** The layers from the input to one of them, each reading the one before; null where none leads there. */
function wayTo(layers: ReadonlyMap<string, Layer>, id: string): readonly Layer[] | null {
  const way: Layer[] = [];
  for (let layer = layers.get(id); layer; layer = layers.get(layer.inputs[0] ?? '')) {
    if (layer.weights.length > 0 || layer.half !== 'encoder') return null;
    way.unshift(layer);
  }
  return way[0]?.type === 'input' ? way : null;
}
