import fc from 'fast-check';
import { blockOf, blocks } from '../blocks/catalogue';
import { ProblemError } from '../errors/problem';
import { losses } from '../losses/catalogue';
import { newOptimizer, optimizers } from '../optimizers/catalogue';
import { drawingOf } from '../plan/drawing';
import { arbitraryValue, sampleShapes } from '../plan/random-stacks';
import { newSchedule, schedules } from '../schedules/catalogue';
import { tasks } from '../tasks/catalogue';
import { clippingOf, clippingText, readClipboard } from './clipping';
import * as edits from './edits';
import type { GraphDocument } from './graph-document';
import { newDocument } from './new-document';
import { NOTE_COLOURS } from './notes';

/** Random edits of a drawing, for property tests and for the claim `edits`. */

type Pick = <T>(list: readonly T[]) => T | undefined;

/** One random edit, done to whatever is on the canvas then. `pick` chooses among it. May throw ProblemError. */
type Deed = (doc: GraphDocument, pick: Pick) => GraphDocument;

/** A deed, and the numbers by which it chooses. */
type Step = readonly [deed: Deed, numbers: readonly number[]];

type Edits = typeof edits;
/** Every edit there is. */
type EditName = {
  [Name in keyof Edits]: Edits[Name] extends (doc: GraphDocument, ...rest: never[]) => GraphDocument
    ? Name
    : never;
}[keyof Edits];

const types = blocks.map(({ type }) => type);
const entries = blocks.flatMap(({ params }) => Object.entries(params));
const point = fc.record({ x: fc.double({ noNaN: true }), y: fc.double() });
const positions = fc.option(point, { nil: undefined });

/** Of nodes and notes. */
const nodeIds = (doc: GraphDocument) => [...drawingOf(doc).nodes, ...(doc.notes ?? [])].map(({ id }) => id);

/** Three of these ids, some perhaps twice. */
function some(ids: readonly string[], pick: Pick): string[] {
  return [pick(ids), pick(ids), pick(ids)].flatMap((id) => id ?? []);
}

/** A deed that nothing but what is on the canvas decides. */
const plain = (deed: Deed): fc.Arbitrary<Deed> => fc.constant(deed);

/** A line an edit: the compiler asks for one when an edit is added to `edits.ts`. */
const deeds: Readonly<Record<EditName, fc.Arbitrary<Deed>>> = {
  addBlock: fc
    .record({ type: fc.constantFrom(...types), at: positions, half: fc.constantFrom('encoder', 'decoder') })
    .map(
      ({ type, at, half }): Deed =>
        (doc) =>
          edits.addBlock(doc, type, at, half === 'decoder' ? 'decoder' : 'encoder'),
    ),
  insertOnWire: fc.record({ type: fc.option(fc.constantFrom(...types)), at: positions }).map(
    ({ type, at }): Deed =>
      (doc, pick) => {
        const wire = pick(drawingOf(doc).wires);
        const nodeId = pick(nodeIds(doc)) ?? '';
        return wire ? edits.insertOnWire(doc, wire.from, wire.to, type ? { type } : { nodeId }, at) : doc;
      },
  ),
  addAt: fc.record({ type: fc.constantFrom(...types), at: positions }).map(
    ({ type, at }): Deed =>
      (doc, pick) => {
        const nodeId = pick(nodeIds(doc)) ?? '';
        const side = pick(['source', 'target'] as const) ?? 'source';
        return edits.addAt(doc, type, { at: 'end', of: { nodeId, side } }, at);
      },
  ),
  setBypassed: fc.boolean().map(
    (bypassed): Deed =>
      (doc, pick) =>
        edits.setBypassed(doc, some(nodeIds(doc), pick), bypassed),
  ),
  setFrozen: fc.boolean().map(
    (frozen): Deed =>
      (doc, pick) =>
        edits.setFrozen(doc, some(nodeIds(doc), pick), frozen),
  ),
  replaceBlock: fc.constantFrom(...types).map(
    (type): Deed =>
      (doc, pick) =>
        edits.replaceBlock(doc, pick(nodeIds(doc)) ?? '', type),
  ),
  applyPreset: plain((doc, pick) => {
    const block = pick(doc.blocks);
    const preset = pick(blockOf(block?.type ?? '')?.presets ?? []);
    return block && preset ? edits.applyPreset(doc, block.id, preset) : doc;
  }),
  connect: plain((doc, pick) => edits.connect(doc, pick(nodeIds(doc)) ?? '', pick(nodeIds(doc)) ?? '')),
  disconnect: plain((doc, pick) => {
    const wire = pick(drawingOf(doc).wires);
    return wire ? edits.disconnect(doc, wire.from, wire.to) : doc;
  }),
  cutWires: plain((doc, pick) => {
    const { wires } = drawingOf(doc);
    return edits.cutWires(
      doc,
      [pick(wires), pick(wires)].flatMap((wire) => wire ?? []),
    );
  }),
  removeNodes: plain((doc, pick) =>
    edits.removeNodes(doc, [pick(nodeIds(doc)) ?? '', pick(nodeIds(doc)) ?? '']),
  ),
  moveNodes: positions.map(
    (at): Deed =>
      (doc, pick) => {
        const nodeId = pick(nodeIds(doc));
        return nodeId !== undefined && at ? edits.moveNodes(doc, { [nodeId]: at }) : doc;
      },
  ),
  addNote: fc.record({ at: point, text: fc.string({ maxLength: 40 }) }).map(
    ({ at, text }): Deed =>
      (doc) =>
        edits.addNote(doc, at, { text }),
  ),
  changeNote: fc
    .record(
      { x: fc.double(), width: fc.double(), text: fc.string(), colour: fc.constantFrom(...NOTE_COLOURS) },
      { requiredKeys: [] },
    )
    .map(
      (change): Deed =>
        (doc, pick) =>
          edits.changeNote(doc, pick(doc.notes ?? [])?.id ?? '', change),
    ),
  groupBlocks: plain((doc, pick) => edits.groupBlocks(doc, some(nodeIds(doc), pick))),
  ungroup: plain((doc, pick) => edits.ungroup(doc, [pick(doc.groups ?? [])?.id ?? ''])),
  setCollapsed: fc.boolean().map(
    (collapsed): Deed =>
      (doc, pick) =>
        edits.setCollapsed(doc, pick(doc.groups ?? [])?.id ?? '', collapsed),
  ),
  alignNodes: fc.constantFrom<edits.Alignment>('left', 'centre', 'right', 'top', 'middle', 'bottom').map(
    (to): Deed =>
      (doc, pick) =>
        edits.alignNodes(doc, some(nodeIds(doc), pick), to),
  ),
  distributeNodes: fc.constantFrom<'x' | 'y'>('x', 'y').map(
    (axis): Deed =>
      (doc, pick) =>
        edits.distributeNodes(doc, some(nodeIds(doc), pick), axis),
  ),
  layOutAnew: plain(edits.layOutAnew),
  pasteClipping: fc.record({ wired: fc.boolean(), all: fc.boolean() }).map(
    ({ wired, all }): Deed =>
      (doc, pick) => {
        const ids = nodeIds(doc);
        const clipping = clippingOf(doc, all ? ids : some(ids, pick));
        if (clipping.part.blocks.length === 0 && !clipping.part.notes) return doc;
        // Through the clipboard's text, as by hand.
        const pasted = readClipboard(clippingText(clipping));
        return pasted.kind === 'blocks' ? edits.pasteClipping(doc, pasted.clipping, wired) : doc;
      },
  ),
  setParameter: fc
    .constantFrom(...entries)
    .chain(([name, entry]) => arbitraryValue(entry).map((value) => ({ name, value })))
    .map(
      ({ name, value }): Deed =>
        (doc, pick) => {
          const node = pick(drawingOf(doc).nodes.filter(({ params }) => name in params));
          return node ? edits.setParameter(doc, node.id, name, value) : doc;
        },
    ),
  resetDifference: plain((doc, pick) =>
    edits.resetDifference(doc, pick(Object.keys(doc.decoder)) ?? 'code′'),
  ),
  setSkip: fc.constantFrom('add', 'concat', null).map(
    (join): Deed =>
      (doc, pick) =>
        edits.setSkip(doc, pick(nodeIds(doc)) ?? '', join),
  ),
  setTied: fc.boolean().map(
    (tied): Deed =>
      (doc, pick) =>
        edits.setTied(doc, pick(nodeIds(doc)) ?? '', tied),
  ),
  setData: sampleShapes.map(
    (shape): Deed =>
      (doc) =>
        edits.setData(doc, { kind: 'npy', path: 'x.npy', shape }),
  ),
  setTask: fc.constantFrom(...tasks.map(({ kind }) => kind)).map(
    (kind): Deed =>
      (doc) =>
        edits.setTask(doc, { kind }),
  ),
  withCodeSize: fc.integer({ min: -1, max: 300 }).map(
    (size): Deed =>
      (doc) =>
        edits.withCodeSize(doc, size),
  ),
  setHyperparameters: fc
    .record({ codeSize: fc.integer({ min: 1, max: 64 }), layerCount: fc.nat(5) }, { requiredKeys: [] })
    .map(
      (change): Deed =>
        (doc) =>
          edits.setHyperparameters(doc, change),
    ),
  setOutput: fc.constantFrom(...losses.map(({ type }) => type)).map(
    (loss): Deed =>
      (doc) =>
        edits.setOutput(doc, { loss }),
  ),
  setTraining: fc
    .record(
      {
        optimizer: fc.constantFrom(...optimizers.map(({ type }) => type)).map((type) => newOptimizer(type)),
        schedule: fc.constantFrom(...schedules.map(({ type }) => type)).map((type) => newSchedule(type)),
        learningRate: fc.double({ min: -1, max: 2, noNaN: true }),
        batchSize: fc.integer({ min: 0, max: 4096 }),
        seed: fc.nat(),
      },
      { requiredKeys: [] },
    )
    .map(
      (change): Deed =>
        (doc) =>
          edits.setTraining(doc, change),
    ),
  takeNetwork: plain((doc, pick) => {
    const other = edits.setHyperparameters(newDocument(), { layerCount: 1 + (pick([0, 1, 2]) ?? 0) });
    return edits.takeNetwork(doc, other);
  }),
  renameBlock: fc.string({ maxLength: 80 }).map(
    (name): Deed =>
      (doc, pick) =>
        edits.renameBlock(doc, pick(nodeIds(doc)) ?? '', name),
  ),
  renameDocument: fc.string({ maxLength: 300 }).map(
    (name): Deed =>
      (doc) =>
        edits.renameDocument(doc, name),
  ),
};

/** Any edit, each as likely as another. */
export const randomSteps: fc.Arbitrary<Step> = fc.tuple(
  fc.oneof(...Object.values(deeds)),
  fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
);

/** Above this many blocks a drawing is halved: pasting would double it again and again. */
const MANY_BLOCKS = 20;

/** The drawing after a step. A refusal (Problems) leaves it as it was; anything else that is thrown is a fault. */
export function stepTaken(doc: GraphDocument, [deed, numbers]: Step): GraphDocument {
  if (doc.blocks.length > MANY_BLOCKS) {
    const ids = doc.blocks.map(({ id }) => id).filter((_, index) => index % 2 === 1);
    return edits.removeNodes(doc, [...ids, ...(doc.notes ?? []).map(({ id }) => id)]);
  }
  let next = 0;
  const pick: Pick = (list) => {
    next += 1;
    return list[(numbers[next % numbers.length] ?? 0) % list.length];
  };
  try {
    return deed(doc, pick);
  } catch (error) {
    if (error instanceof ProblemError) return doc;
    throw error;
  }
}
