import { isFrozen } from '../blocks/freezing';
import type { GraphDocument } from '../document/graph-document';
import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';
import { assertPlan } from './assert-plan';
import { twinId } from './mirror';
import type { Layer, Plan } from './plan';

/** One part of stacked pre-training: a block with its twin, and the small autoencoder in which they are trained. */
export interface Stage {
  /** The id of the block that is trained with its twin. */
  readonly block: string;
  /** All blocks up to it and their twins, those of earlier stages frozen. */
  readonly plan: Plan;
}

/**
 * The stages of stacked pre-training (Bengio et al. 2007; Vincent et al. 2010), from the outermost pair to the code: one for
 * every block with weights that has a twin, unless the pair is frozen. What has no weights goes with the pair before it.
 * As in the whole, the error is that of the samples: what a pair makes reaches them through the frozen twins outside.
 *
 * @param plan whose layers follow one another in a single line (`stackProblem`)
 */
export function stagesOf(plan: Plan): Stage[] {
  const encoder = plan.layers.slice(0, plan.codeIndex + 1);
  const pairs = pairsOf(plan.layers);
  const learnt = new Set<string | null>();
  return pairs.flatMap((block, index) => {
    const next = encoder.findIndex(({ blockId }) => blockId === pairs[index + 1]);
    const end = next < 0 ? plan.codeIndex : next - 1;
    const stage = stagePlan(plan, end, learnt);
    for (const { blockId } of encoder.slice(0, end + 1)) learnt.add(blockId);
    const learns = stage.layers.some((layer) => layer.parameterCount > 0 && !isFrozen(layer));
    return learns ? [{ block, plan: stage }] : [];
  });
}

/** Why the pre-training that a drawing asks for is impossible, or null where it is possible or not asked for. */
export function stackProblem({ training }: GraphDocument, layers: readonly Layer[]): Problem | null {
  if (!training.pretraining?.epochs) return null;
  const refusal = (why: string) =>
    problem('STACK_IMPOSSIBLE', { why }, { path: 'training.pretraining.epochs' });
  const off = layers.find(({ inputs }, index) => {
    const before = layers[index - 1];
    return inputs.length > 1 || (before !== undefined && inputs[0] !== before.id);
  });
  if (off) return refusal(`wires part or meet at ${off.id}`);
  return pairsOf(layers).length > 1 ? null : refusal('only one block has weights');
}

/** The blocks that have weights and a twin, from the input on. */
function pairsOf(layers: readonly Layer[]): string[] {
  const ids = new Set(layers.map(({ id }) => id));
  return layers
    .filter(({ half, parameterCount, id }) => half !== 'decoder' && parameterCount > 0 && ids.has(twinId(id)))
    .map(({ id }) => id);
}

/** The autoencoder whose code is what the layer at `end` gives out. */
function stagePlan(plan: Plan, end: number, frozen: ReadonlySet<string | null>): Plan {
  const encoder = plan.layers.slice(0, end + 1);
  const blocks = new Set(encoder.map(({ blockId }) => blockId));
  const decoder = plan.layers
    .slice(plan.codeIndex + 1)
    .filter(({ blockId, type }) => type === 'output' || blocks.has(blockId));
  const code = encoder.at(-1);
  if (!code) throw new Error('A stage has layers.');
  const layers = [...encoder, ...decoder].map((layer, index): Layer => {
    const half = index === end ? 'code' : layer.half;
    const inputs = index === end + 1 ? [code.id] : layer.inputs;
    const params = frozen.has(layer.blockId) ? { ...layer.params, frozen: true } : layer.params;
    return { ...layer, half, inputs, params };
  });
  const parameterCount = layers.reduce((sum, layer) => sum + layer.parameterCount, 0);
  const stage: Plan = { ...plan, layers, codeIndex: end, codeShape: code.outputShape, parameterCount };
  assertPlan(stage);
  return stage;
}
