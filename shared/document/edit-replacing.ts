import { blockOf } from '../blocks/catalogue';
import type { ParameterEntries, ParameterValue } from '../blocks/parameter';
import { type ProblemCode, problem } from '../errors/catalogue';
import { type Problem, ProblemError } from '../errors/problem';
import { freeParameters, hasTwin, nodeOwner, OUTPUT, twinId } from '../plan/mirror';
import { fittingProblems, planDocument } from '../plan/plan-document';
import { possibleSkips } from '../plan/skips';
import { tiedProblem } from '../plan/tied';
import { encoderOnly, nextBlockId } from './edit-blocks';
import type { DocumentBlock, GraphDocument } from './graph-document';
import { newBlock } from './new-document';
import { tidy } from './tidy';

/** What tells that a block of another type does not fit where it would stand; all else can be mended there. */
const UNFIT: readonly ProblemCode[] = [
  'NEEDS_PICTURE',
  'NEEDS_SERIES',
  'JOIN_SHAPES',
  'SECOND_WIRE_IN',
  'CORRUPTION_MISPLACED',
  'CORRUPTION_BYPASSED',
];

/** Why a node of the canvas cannot become one of another type, or null where it can. */
export function canReplace(doc: GraphDocument, nodeId: string, type: string): Problem | null {
  const { blockId, twin, placed } = nodeOwner(nodeId);
  const block = doc.blocks.find(({ id }) => id === blockId);
  const refusal = (why: string) => problem('NOT_REPLACEABLE', { node: nodeId, why }, { nodeId });
  if (nodeId === OUTPUT || !block) return refusal('it follows from the first block of the encoder');
  if (placed) return refusal(`${blockId} needs it`);
  if (blockOf(block.type)?.role !== 'layer') return refusal('every autoencoder has one of its kind');
  if (blockOf(type)?.role !== 'layer') return refusal('there is one input and one code');
  if (twin && !hasTwin(type)) return encoderOnly(type);
  const id = nextBlockId(doc, type);
  const keyOf = ({ code, where }: Problem) => `${code} ${where?.nodeId === blockId ? id : where?.nodeId}`;
  // A bypassed block has to fit as well: it will be taken in again.
  const takenIn = doc.bypassed?.includes(blockId)
    ? { ...doc, bypassed: doc.bypassed.filter((other) => other !== blockId) }
    : doc;
  const before = new Set(planDocument(takenIn).problems.map(keyOf));
  const unfit = fittingProblems(swapped(takenIn, block, type)).filter(({ code }) =>
    UNFIT.some((other) => other === code),
  );
  return unfit.find((found) => !before.has(keyOf(found))) ?? null;
}

/** The id of the node that stands where another was, once that is replaced. */
export function replacedNodeId(doc: GraphDocument, nodeId: string, type: string): string {
  const id = nextBlockId(doc, type);
  return nodeOwner(nodeId).twin ? twinId(id) : id;
}

/**
 * Makes a block one of another type, and its twin with it. It keeps its wires and its place, the parameters that the two
 * have in common, as many units as it had filters or the other way round, and its skip, tie and deliberate differences
 * where these can be. Its id is `nextBlockId`. Throws ProblemError as `canReplace` says.
 */
export function replaceBlock(doc: GraphDocument, nodeId: string, type: string): GraphDocument {
  const wrong = canReplace(doc, nodeId, type);
  if (wrong) throw new ProblemError(wrong);
  const { blockId } = nodeOwner(nodeId);
  const block = doc.blocks.find(({ id }) => id === blockId);
  return !block || block.type === type ? doc : replaced(doc, block, type);
}

/** The blocks and wires with a block of another type in the place of one. */
function swapped(doc: GraphDocument, old: DocumentBlock, type: string): GraphDocument {
  const id = nextBlockId(doc, type);
  const named = old.name === undefined ? {} : { name: old.name };
  const block = { ...newBlock(type, id, keptParameters(old, type)), ...named };
  const renamed = (other: string) => (other === old.id ? id : other);
  return {
    ...doc,
    blocks: doc.blocks.map((other) => (other.id === old.id ? block : other)),
    wires: doc.wires.map(({ from, to }) => ({ from: renamed(from), to: renamed(to) })),
    ...(doc.bypassed ? { bypassed: doc.bypassed.map(renamed) } : {}),
  };
}

function replaced(doc: GraphDocument, old: DocumentBlock, type: string): GraphDocument {
  const id = nextBlockId(doc, type);
  const renamed = (other: string) => (other === old.id ? id : other);
  const layout = Object.entries(doc.layout).map(([nodeId, position]) => {
    const { blockId } = nodeOwner(nodeId);
    return [blockId === old.id ? nodeId.replace(old.id, id) : nodeId, position] as const;
  });
  const { [old.id]: skip, ...skips } = doc.skips;
  const { [twinId(old.id)]: differences, ...decoder } = doc.decoder;
  const changed: GraphDocument = {
    ...swapped(doc, old, type),
    skips,
    tied: doc.tied.map(renamed),
    layout: Object.fromEntries(layout),
    decoder: differences ? { ...decoder, [twinId(id)]: keptDifferences(differences, type) } : decoder,
  };
  const block = changed.blocks.find((other) => other.id === id);
  if (!block) return doc;
  const tied = tiedProblem(changed, block) ? changed.tied.filter((other) => other !== id) : changed.tied;
  const untangled = { ...changed, tied };
  const keepsSkip = skip !== undefined && possibleSkips(untangled, block).includes(skip);
  return tidy(keepsSkip ? { ...untangled, skips: { ...skips, [id]: skip } } : untangled);
}

/** What a block of another type can take over: values of the same name and form, and the width. */
function keptParameters(old: DocumentBlock, type: string): Record<string, ParameterValue> {
  const [from, to] = [blockOf(old.type), blockOf(type)];
  const kept = Object.fromEntries(
    Object.entries(old.params).filter(([name, value]) => accepts(to?.params, name, value)),
  );
  const width = from?.width === undefined ? undefined : old.params[from.width];
  if (to?.width === undefined || width === undefined || !accepts(to.params, to.width, width)) return kept;
  return { ...kept, [to.width]: width };
}

function keptDifferences(differences: Readonly<Record<string, ParameterValue>>, type: string) {
  const definition = blockOf(type);
  const free = Object.fromEntries(definition ? freeParameters(definition) : []);
  return Object.fromEntries(
    Object.entries(differences).filter(([name, value]) => accepts(free, name, value)),
  );
}

function accepts(params: ParameterEntries | undefined, name: string, value: ParameterValue): boolean {
  const entry = params && Object.hasOwn(params, name) ? params[name] : undefined;
  return entry?.schema.safeParse(value).success ?? false;
}
