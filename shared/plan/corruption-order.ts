import { blockOf } from '../blocks/catalogue';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';

/** Why a block may not stand right before another: what corrupts samples stands between them and all else. */
export function orderProblem(from: DocumentBlock, to: DocumentBlock): Problem | null {
  const [before, block] = [blockOf(from.type), blockOf(to.type)];
  if (!block?.corrupts || before?.corrupts || before?.role === 'input') return null;
  return problem('CORRUPTION_MISPLACED', { block: to.id }, { nodeId: to.id });
}

/** The first wire by which clean samples get past what corrupts them, or null. */
export function bypassProblem(wired: Pick<GraphDocument, 'blocks' | 'wires'>): Problem | null {
  return corruptionProblems(wired).find(({ code }) => code === 'CORRUPTION_BYPASSED') ?? null;
}

/** Blocks that corrupt and do not stand right after the input, and wires by which clean samples get past them. */
export function corruptionProblems({
  blocks,
  wires,
}: Pick<GraphDocument, 'blocks' | 'wires'>): readonly Problem[] {
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const corruptions = wires.filter(({ to }) => blockOf(byId.get(to)?.type ?? '')?.corrupts);
  const corruptingFrom = new Map(corruptions.map(({ from, to }) => [from, to]));
  return wires.flatMap(({ from, to }): Problem[] => {
    const [source, target] = [byId.get(from), byId.get(to)];
    if (!source || !target || from === to) return [];
    const wrong = orderProblem(source, target);
    if (wrong) return [wrong];
    const corruption = corruptingFrom.get(from);
    if (corruption === undefined || corruption === to) return [];
    return [problem('CORRUPTION_BYPASSED', { block: to, corruption }, { nodeId: to })];
  });
}
