import type { BlockDefinition } from '../blocks/block';
import { blockOf } from '../blocks/catalogue';
import { ACTIVATIONS, type Activation } from '../blocks/layer-ops';
import type { ParameterEntry, ParameterValue } from '../blocks/parameter';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { PRIME } from './plan';
import type { Wiring } from './wiring';

/** The id of the output end, and of its layer. */
export const OUTPUT = 'output';
const FLATTEN = '~flatten';

export function twinId(id: string): string {
  return `${id}${PRIME}`;
}

/** What the planner places before a block that needs a vector; its reverse is `twinId` of it. */
export function flattenId(blockId: string): string {
  return `${blockId}${FLATTEN}`;
}

/** What a node of the canvas stands for. */
export interface NodeOwner {
  /** The encoder block it is, is the twin of, or was placed for; `output` for the output end. */
  readonly blockId: string;
  readonly twin: boolean;
  /** A flattening or its reverse. */
  readonly placed: boolean;
}

export function nodeOwner(nodeId: string): NodeOwner {
  const twin = nodeId.endsWith(PRIME);
  const unprimed = twin ? nodeId.slice(0, -PRIME.length) : nodeId;
  const placed = unprimed.endsWith(FLATTEN);
  return { blockId: placed ? unprimed.slice(0, -FLATTEN.length) : unprimed, twin, placed };
}

/** Whether a block of this type has a twin in the decoder; the output end is no twin, and some have no mirror. */
export function hasTwin(type: string): boolean {
  const definition = blockOf(type);
  return definition !== undefined && definition.role !== 'input' && definition.mirror !== null;
}

/**
 * The node of the decoder that what comes back from a block goes on to: the twin of the nearest block before it that
 * has one, or the output end; null where neither is reached along the wires.
 */
export function nodeAfterTwin(wiring: Wiring, blockId: string): string | null {
  const seen = new Set<string>();
  for (
    let id = wiring.previous.get(blockId);
    id !== undefined && !seen.has(id);
    id = wiring.previous.get(id)
  ) {
    seen.add(id);
    const type = wiring.blocks.get(id)?.type ?? '';
    if (blockOf(type)?.role === 'input') return OUTPUT;
    if (hasTwin(type)) return twinId(id);
  }
  return null;
}

/** The parameters of a block that a twin may have otherwise. */
export function freeParameters(
  definition: BlockDefinition,
): readonly [name: string, entry: ParameterEntry][] {
  return Object.entries(definition.params).filter(([, entry]) => !entry.structural);
}

export function isActivation(value: ParameterValue | undefined): value is Activation {
  return ACTIVATIONS.some((activation) => activation === value);
}

/** The activation rule of the mirror, for every block of a drawing. */
export interface MirrorActivations {
  /** What the twin of a block takes unless it deliberately differs. */
  of(blockId: string): Activation;
  /** The block whose twin makes the output, and so has the output's activation; null while there is none. */
  readonly outputMaker: string | null;
}

/**
 * A twin takes the activation of the nearest layer with one that feeds its encoder block, through pools and
 * flattenings; where there is none, it makes the output and takes the output's activation. Blocks without a mirror
 * count as feeding layers once the output has its maker: what stands before that, the output's activation covers.
 */
export function mirrorActivations(doc: GraphDocument, wiring: Wiring): MirrorActivations {
  const feeding = new Map<string, Activation>();
  for (const root of doc.blocks) {
    if (wiring.previous.has(root.id)) continue;
    let fed: Activation | null = null;
    let block: DocumentBlock | undefined = root;
    while (block && !feeding.has(block.id)) {
      feeding.set(block.id, fed ?? doc.output.activation);
      const own: ParameterValue | undefined = block.params.activation;
      if (isActivation(own) && (fed !== null || hasTwin(block.type))) fed = own;
      block = wiring.blocks.get(wiring.next.get(block.id) ?? '');
    }
  }
  const maker = wiring.chain.find(
    ({ type }) => hasTwin(type) && blockOf(type)?.params.activation !== undefined,
  );
  return { of: (id) => feeding.get(id) ?? doc.output.activation, outputMaker: maker?.id ?? null };
}

/** A twin's parameters: its block's, the derived activation, then its deliberate differences. */
export function twinParameters(
  doc: GraphDocument,
  block: DocumentBlock,
  activations: MirrorActivations,
): Readonly<Record<string, ParameterValue>> {
  return { ...derivedParameters(block, activations), ...doc.decoder[twinId(block.id)] };
}

const knownDefaults = new Map<string, Readonly<Record<string, ParameterValue>>>();

/** What is of the encoder's blocks of a type alone, as their twins have it. */
function encoderDefaults(type: string): Readonly<Record<string, ParameterValue>> {
  const known = knownDefaults.get(type);
  if (known) return known;
  const entries = Object.entries(blockOf(type)?.params ?? {}).filter(([, entry]) => entry.ofEncoder);
  const defaults = Object.fromEntries(entries.map(([name, entry]) => [name, entry.default]));
  knownDefaults.set(type, defaults);
  return defaults;
}

/** A twin's parameters as the mirror alone gives them. */
export function derivedParameters(
  block: DocumentBlock,
  activations: MirrorActivations,
): Readonly<Record<string, ParameterValue>> {
  const params = { ...block.params, ...encoderDefaults(block.type) };
  return params.activation === undefined ? params : { ...params, activation: activations.of(block.id) };
}
