import type { BlockDefinition } from '../blocks/block';
import { blockOf } from '../blocks/catalogue';
import { ACTIVATIONS, type Activation } from '../blocks/layer-ops';
import type { ParameterEntry, ParameterValue } from '../blocks/parameter';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { PRIME } from './plan';
import type { Wiring } from './wiring';

/** The id of the output end, and of its layer. */
export const OUTPUT = 'output';
/** What the planner places for a block is called by the block's id and one of these. */
const PLACED = /~(?:flatten|sum|part-\d+)$/;
const FLATTEN = '~flatten';

export function twinId(id: string): string {
  return `${id}${PRIME}`;
}

/** What the planner places before a block that needs a vector; its reverse is `twinId` of it. */
export function flattenId(blockId: string): string {
  return `${blockId}${FLATTEN}`;
}

/** What the planner places where the wires out of a block part: the sum of what comes back along them. */
export function sumId(blockId: string): string {
  return twinId(`${blockId}~sum`);
}

/** What the planner places behind the mirror of a concatenation: the part of the wire with this number. */
export function partId(blockId: string, wire: number): string {
  return twinId(`${blockId}~part-${wire}`);
}

/** What a node of the canvas stands for. */
export interface NodeOwner {
  /** The encoder block it is, is the twin of, or was placed for; `output` for the output end. */
  readonly blockId: string;
  readonly twin: boolean;
  /** A flattening, its reverse, a sum or a part. */
  readonly placed: boolean;
}

export function nodeOwner(nodeId: string): NodeOwner {
  const twin = nodeId.endsWith(PRIME);
  const unprimed = twin ? nodeId.slice(0, -PRIME.length) : nodeId;
  const placed = PLACED.exec(unprimed);
  return { blockId: placed ? unprimed.slice(0, placed.index) : unprimed, twin, placed: placed !== null };
}

/** Whether a block of this type has a twin in the decoder; the output end is no twin, and some have no mirror. */
export function hasTwin(type: string): boolean {
  const definition = blockOf(type);
  return definition !== undefined && definition.role !== 'input' && definition.mirror !== null;
}

/**
 * The node of the decoder that takes what comes back along a wire out of this block: its own twin, or that of the nearest
 * block before it that has one, or the output end; null where neither is reached along the wires.
 */
export function nodeTakingBack(wiring: Wiring, blockId: string): string | null {
  const seen = new Set<string>();
  for (let id: string | undefined = blockId; id !== undefined && !seen.has(id); ) {
    seen.add(id);
    const type = wiring.blocks.get(id)?.type ?? '';
    if (blockOf(type)?.role === 'input') return OUTPUT;
    if (hasTwin(type)) return twinId(id);
    id = wiring.sources.get(id)?.[0];
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
  /** Whether several twins make the output together, so that its activation comes after their sum. */
  readonly afterSum: boolean;
}

/**
 * A twin takes the activation of the nearest layer with one that feeds its encoder block, through pools, flattenings and
 * joins (of these, by the first wire); where there is none, it makes the output and takes the output's activation. Where
 * the encoder branches before the first layer, the output is a sum, and has the activation itself. Blocks without a mirror
 * count as feeding layers once there is a layer: what stands before that, the output's activation covers.
 */
export function mirrorActivations(doc: GraphDocument, wiring: Wiring): MirrorActivations {
  const given = new Map<string, Activation | null>();
  const feeding = new Map<string, Activation | null>();
  for (const block of wiring.order) {
    const [source] = wiring.sources.get(block.id) ?? [];
    const fed = (source !== undefined && given.get(source)) || null;
    const own: ParameterValue | undefined = block.params.activation;
    feeding.set(block.id, fed);
    given.set(block.id, isActivation(own) && (fed !== null || hasTwin(block.type)) ? own : fed);
  }
  const { maker, branches } = outputMakerOf(wiring);
  const last = branches ? 'linear' : doc.output.activation;
  return { of: (id) => feeding.get(id) ?? last, outputMaker: maker, afterSum: branches };
}

/** The first block with a twin and an activation, before any wires part or meet. */
function outputMakerOf(wiring: Wiring): { maker: string | null; branches: boolean } {
  const encoder = new Set(wiring.encoder);
  let block = wiring.encoder[0];
  while (block && encoder.has(block)) {
    if (hasTwin(block.type) && blockOf(block.type)?.params.activation !== undefined) {
      return { maker: block.id, branches: false };
    }
    const next: readonly string[] = wiring.targets.get(block.id) ?? [];
    if (next.length > 1) return { maker: null, branches: true };
    block = wiring.blocks.get(next[0] ?? '');
  }
  return { maker: null, branches: false };
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
