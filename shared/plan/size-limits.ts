import { blockOf } from '../blocks/catalogue';
import type { GraphDocument } from '../document/graph-document';
import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';
import { type Optimizer, optimizerOf } from '../optimizers/catalogue';
import { seenShape } from '../tasks/catalogue';
import { valueCount } from '../tensors/shape';
import type { Layer } from './plan';

/** The most weights a network may have: 2²⁸ take 4.3 GB with gradients and Adam's two moments. */
const MAX_WEIGHTS = 2 ** 28;
/** The most numbers one tensor may hold: both engines count in signed 32-bit integers. */
const MAX_TENSOR = 2 ** 31 - 1;
const BYTES_PER_NUMBER = 4;

/** What a drawing would need, judged before anything is allocated. */
export function sizeProblems(doc: GraphDocument, layers: ReadonlyMap<string, Layer>): Problem[] {
  const problems: Problem[] = [];
  let total = 0;
  let largest: Layer | null = null;
  let widest: Layer | null = null;
  for (const layer of layers.values()) {
    total += layer.parameterCount;
    if (!largest || layer.parameterCount > largest.parameterCount) largest = layer;
    if (!widest || valueCount(layer.outputShape) > valueCount(widest.outputShape)) widest = layer;
    if (layer.half === 'code' && !isRegularised(layers)) problems.push(...codeProblems(doc, layer));
  }
  if (largest && total > MAX_WEIGHTS) {
    const values = {
      layer: largest.id,
      ofLayer: largest.parameterCount,
      total,
      limit: MAX_WEIGHTS,
      bytes: trainingBytes(total, doc.training.optimizer),
    };
    problems.push(problem('TOO_MANY_WEIGHTS', values, placeOf(largest)));
  }
  const batch = doc.training.batchSize;
  if (widest && valueCount(widest.outputShape) * batch > MAX_TENSOR) {
    const values = valueCount(widest.outputShape);
    const bytes = values * batch * BYTES_PER_NUMBER;
    problems.push(problem('LAYER_TOO_LARGE', { layer: widest.id, values, batch, bytes }, placeOf(widest)));
  }
  return problems;
}

/** Bytes for weights, gradients and what the optimizer keeps for each weight. */
function trainingBytes(weights: number, optimizer: Optimizer): number {
  return weights * BYTES_PER_NUMBER * (2 + optimizerOf(optimizer.type).slots(optimizer).length);
}

/** Whether something other than a narrow code keeps the network from copying: sparsity, noise. */
function isRegularised(layers: ReadonlyMap<string, Layer>): boolean {
  return [...layers.values()].some(({ type, params }) => {
    const block = blockOf(type);
    return block?.corrupts || block?.regularises?.(params);
  });
}

function codeProblems(doc: GraphDocument, layer: Layer): Problem[] {
  const code = valueCount(layer.outputShape);
  const input = valueCount(seenShape(doc.task.kind, doc.data.shape));
  return code > input ? [problem('CODE_WIDER', { code, input }, placeOf(layer))] : [];
}

/** The layer's block and the parameter that sets its width. */
function placeOf(layer: Layer) {
  const param = blockOf(layer.type)?.width;
  return { nodeId: layer.blockId ?? layer.id, ...(param === undefined ? {} : { param }) };
}
