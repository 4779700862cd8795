import { blockOf } from '../blocks/catalogue';
import type { GraphDocument } from '../document/graph-document';
import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';
import { freeParameters, hasTwin, type MirrorActivations, nodeOwner } from './mirror';
import { parameterProblem } from './parameter-problem';
import { isTied, ofOwnKernel } from './tied';
import type { Wiring } from './wiring';

/** Everything wrong with the deliberate differences of the decoder. */
export function differenceProblems(
  doc: GraphDocument,
  wiring: Wiring,
  activations: MirrorActivations,
): Problem[] {
  const problems: Problem[] = [];
  for (const [id, differences] of Object.entries(doc.decoder)) {
    const owner = nodeOwner(id);
    const block = owner.twin && !owner.placed ? wiring.blocks.get(owner.blockId) : undefined;
    const definition = block && blockOf(block.type);
    if (!block || !definition || !hasTwin(block.type)) {
      problems.push(problem('DIFFERENCE_OF_NOTHING', { id }, { path: `decoder.${id}` }));
      continue;
    }
    const tied = isTied(doc, block);
    const free = new Map(
      freeParameters(definition).filter(([name]) => !(tied && ofOwnKernel(block.type, name))),
    );
    for (const [param, value] of Object.entries(differences)) {
      const where = { nodeId: id, param, path: `decoder.${id}.${param}` };
      const entry = free.get(param);
      if (!entry) {
        const names = [...free.keys()].join(', ') || 'nothing';
        problems.push(problem('DIFFERENCE_NOT_FREE', { id, param, free: names }, where));
        continue;
      }
      const wrong = parameterProblem(id, entry, value, where);
      if (wrong) problems.push(wrong);
      if (param === 'activation' && activations.outputMaker === block.id) {
        problems.push(problem('OUTPUT_ACTIVATION_TWICE', { twin: id }, where));
      }
    }
  }
  return problems;
}
