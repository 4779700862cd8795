import { blockOf } from '../blocks/catalogue';
import type { ParameterValue } from '../blocks/parameter';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import type { Problem } from '../errors/problem';
import { briefLossSum } from '../losses/loss-sum';
import type { Join } from '../tensors/join';
import type { Shape } from '../tensors/shape';
import { autoLayout, nodeHeight } from './auto-layout';
import { isBypassed, withoutBypassed } from './bypass';
import { type DrawingWire, wiresOf } from './drawing-wires';
import type { KnownShapes } from './known-shapes';
import { flattenId, hasTwin, mirrorActivations, OUTPUT, twinId, twinParameters } from './mirror';
import type { Layer, Plan } from './plan';
import { planDocument } from './plan-document';
import { skipOf } from './skips';
import { isTied } from './tied';
import { type Wiring, wiringOf } from './wiring';

/** A node of the canvas, whether stored or derived. */
export interface DrawingNode {
  readonly id: string;
  /** The encoder block it is, mirrors or was placed for; null for the output end. */
  readonly blockId: string | null;
  /** A block type of the catalogue, `flatten`, `reshape`, `output` or `group`. */
  readonly type: string;
  readonly kind: 'input' | 'block' | 'code' | 'twin' | 'placed' | 'output' | 'group';
  readonly half: 'encoder' | 'code' | 'decoder';
  /** What people call it, a twin with a prime; its kind where nobody named it. */
  readonly label: string;
  /** The label of its kind in at most eight letters, or its name. */
  readonly brief: string;
  /** What kind of block it is: `Dense`. */
  readonly kindLabel: string;
  /** Its parameters at a glance: `64`, `32 · 3×3 /2`. */
  readonly description: string;
  readonly params: Readonly<Record<string, ParameterValue>>;
  /** Null while it is not known. */
  readonly inputShape: Shape | null;
  readonly outputShape: Shape | null;
  /** The block beyond which shapes are not known, where one of this node's is not. */
  readonly stoppedBy: string | null;
  readonly parameterCount: number | null;
  readonly problems: readonly Problem[];
  /** How the skip between this node and its twin joins; null where there is none. */
  readonly skip: Join | null;
  /** Whether this node and its twin share their weights. */
  readonly tied: boolean;
  /** Whether the network leaves this node out. */
  readonly bypassed: boolean;
  /** What a collapsed group stands for: all its nodes, and those at which wires come in and go out. Of groups alone. */
  readonly holds?: { readonly members: readonly string[]; readonly first: string; readonly last: string };
  /** Parameters in which a twin deliberately differs. */
  readonly differences: readonly string[];
  /** Pixels at zoom 1, the upper left corner: stored, or found by `autoLayout`. */
  readonly position: { readonly x: number; readonly y: number };
  readonly height: number;
}

export type { DrawingWire };

/** All the canvas shows. */
export interface Drawing {
  readonly nodes: readonly DrawingNode[];
  readonly wires: readonly DrawingWire[];
  readonly plan: Plan | null;
  readonly problems: readonly Problem[];
}

const NOTHING: KnownShapes = { inputShape: null, outputShape: null, stoppedBy: null };

/**
 * Every node and wire of a drawing, both halves, however unfinished: each block with a mirror has its twin from the
 * moment it is there, wired as soon as the block is.
 */
export function drawingOf(doc: GraphDocument): Drawing {
  const { plan, layers, shapes, problems } = planDocument(doc);
  const wiring = wiringOf(doc);
  const network = withoutBypassed(doc);
  const activations = mirrorActivations(network, wiringOf(network));
  const activationsOfAll = network === doc ? activations : mirrorActivations(doc, wiring);
  const positions = autoLayout(doc, layers, shapes);
  const ofNode = grouped(problems, ({ where }) => where?.nodeId);
  const ofWire = grouped(problems, ({ where }) => where?.wireId);
  const paramsOfTwin = (block: DocumentBlock) =>
    isBypassed(doc, block)
      ? twinParameters(doc, block, activationsOfAll)
      : twinParameters(network, block, activations);
  const nodes: DrawingNode[] = faces(doc, layers, shapes, paramsOfTwin).map((face) => {
    const { inputShape, outputShape, stoppedBy } = shapes.get(face.id) ?? NOTHING;
    return {
      ...face,
      inputShape,
      outputShape,
      stoppedBy,
      parameterCount: layers.get(face.id)?.parameterCount ?? null,
      problems: ofNode.get(face.id) ?? [],
      ...pairOf(doc, wiring, face),
      differences: Object.keys(ownDifferences(doc, network, face) ?? {}),
      position: positions.get(face.id) ?? { x: 0, y: 0 },
      height: nodeHeight(inputShape, outputShape),
    };
  });
  return { nodes, wires: wiresOf(doc, wiring, layers, shapes, ofWire), plan, problems };
}

/** What is set between the block of a node and its twin. */
function pairOf(
  doc: GraphDocument,
  wiring: Wiring,
  { blockId, kind }: Face,
): Pick<DrawingNode, 'skip' | 'tied' | 'bypassed'> {
  const block = kind === 'placed' ? undefined : wiring.blocks.get(blockId ?? '');
  return {
    skip: block ? skipOf(doc, block) : null,
    tied: block !== undefined && isTied(doc, block),
    bypassed: block !== undefined && isBypassed(doc, block),
  };
}

/** In what a twin deliberately differs: as it is planned, or as it would be where it is left out. */
function ownDifferences(doc: GraphDocument, network: GraphDocument, { id, blockId }: Face) {
  const planned = network === doc || network.blocks.some((block) => block.id === blockId);
  return (planned ? network : doc).decoder[id];
}

type Face = Pick<
  DrawingNode,
  'id' | 'blockId' | 'type' | 'kind' | 'half' | 'label' | 'brief' | 'kindLabel' | 'description' | 'params'
>;

function faces(
  doc: GraphDocument,
  layers: ReadonlyMap<string, Layer>,
  shapes: ReadonlyMap<string, KnownShapes>,
  paramsOfTwin: (block: DocumentBlock) => DocumentBlock['params'],
): Face[] {
  const encoder: Face[] = [];
  const decoder: Face[] = [];
  for (const block of doc.blocks) {
    const definition = blockOf(block.type);
    if (!definition) continue;
    if (layers.has(flattenId(block.id))) {
      encoder.push(placedFace(flattenId(block.id), block.id, 'flatten'));
      decoder.push(placedFace(twinId(flattenId(block.id)), block.id, 'reshape'));
    }
    const { role } = definition;
    encoder.push({
      id: block.id,
      blockId: block.id,
      type: block.type,
      kind: role === 'layer' ? 'block' : role,
      half: role === 'code' ? 'code' : 'encoder',
      label: block.name ?? definition.label,
      brief: block.name ?? definition.brief?.label ?? definition.label,
      kindLabel: definition.label,
      description: definition.describe(block.params),
      params: block.params,
    });
    const { mirrorLabel } = definition;
    if (!hasTwin(block.type) || mirrorLabel === null) continue;
    const name = block.name === undefined ? undefined : twinId(block.name);
    const params = paramsOfTwin(block);
    decoder.push({
      id: twinId(block.id),
      blockId: block.id,
      type: block.type,
      kind: 'twin',
      half: 'decoder',
      label: name ?? mirrorLabel,
      brief: name ?? definition.brief?.mirrorLabel ?? mirrorLabel,
      kindLabel: mirrorLabel,
      description: twinDescription(block, params, shapes.get(twinId(block.id))?.outputShape),
      params,
    });
  }
  const output: Face = {
    id: OUTPUT,
    blockId: null,
    type: 'output',
    kind: 'output',
    half: 'decoder',
    label: 'Output',
    brief: 'Output',
    kindLabel: 'Output',
    description: '',
    params: { activation: doc.output.activation, loss: briefLossSum(doc.output) },
  };
  return [...encoder, ...decoder.reverse(), output];
}

function placedFace(id: string, blockId: string, type: 'flatten' | 'reshape'): Face {
  const half = type === 'flatten' ? 'encoder' : 'decoder';
  const label = type === 'flatten' ? 'Flatten' : 'Reshape';
  return {
    ...{ id, blockId, type, half, label, brief: label, kindLabel: label },
    kind: 'placed',
    description: '',
    params: {},
  };
}

/** As its block's, but with the width that the twin gives out, which is what came into the block. */
function twinDescription(
  block: DocumentBlock,
  params: DocumentBlock['params'],
  outputShape: Shape | null | undefined,
): string {
  const definition = blockOf(block.type);
  const width = definition?.width;
  if (width === undefined) return definition?.describe(params) ?? '';
  const given = outputShape?.at(-1);
  return given === undefined ? '' : (definition?.describe({ ...params, [width]: given }) ?? '');
}

function grouped(
  problems: readonly Problem[],
  key: (problem: Problem) => string | undefined,
): Map<string, Problem[]> {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const name = key(problem);
    if (name === undefined) continue;
    const group = groups.get(name) ?? [];
    group.push(problem);
    groups.set(name, group);
  }
  return groups;
}
