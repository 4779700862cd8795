import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockOf, blocks } from '../blocks/catalogue';
import { ProblemError } from '../errors/problem';
import { losses } from '../losses/catalogue';
import { drawingOf } from '../plan/drawing';
import { hasTwin, nodeOwner, OUTPUT, twinId } from '../plan/mirror';
import { planDocument } from '../plan/plan-document';
import { branchedStacks } from '../plan/random-branches';
import { arbitraryValue, sampleShapes, stacks } from '../plan/random-stacks';
import { wireId } from '../plan/wiring';
import { documentText, parseDocument } from './document-text';
import {
  addAt,
  addBlock,
  connect,
  cutWires,
  disconnect,
  insertOnWire,
  moveNodes,
  removeNodes,
  replaceBlock,
  resetDifference,
  setBypassed,
  setData,
  setHyperparameters,
  setOutput,
  setParameter,
  setSkip,
  setTied,
} from './edits';
import type { GraphDocument } from './graph-document';
import { emptyDocument, newDocument } from './new-document';
import { tidy } from './tidy';
import { validateDocument } from './validate';

const idsOf = (doc: GraphDocument) => doc.blocks.map(({ id }) => id);

/** One random deed of a user, taken on whatever is on the canvas then. `pick` chooses among it. */
type Deed = (doc: GraphDocument, pick: <T>(list: readonly T[]) => T | undefined) => GraphDocument;

const types = blocks.map(({ type }) => type);
const entries = blocks.flatMap(({ params }) => Object.entries(params));
const point = fc.record({ x: fc.double({ noNaN: true }), y: fc.double() });
const positions = fc.option(point, { nil: undefined });

const deeds: fc.Arbitrary<Deed> = fc.oneof(
  fc
    .record({ type: fc.constantFrom(...types), at: positions, half: fc.constantFrom('encoder', 'decoder') })
    .map(
      ({ type, at, half }): Deed =>
        (doc) =>
          addBlock(doc, type, at, half === 'decoder' ? 'decoder' : 'encoder'),
    ),
  fc.record({ type: fc.constantFrom(...types), at: positions }).map(
    ({ type, at }): Deed =>
      (doc, pick) => {
        const wire = pick(drawingOf(doc).wires);
        return wire ? insertOnWire(doc, wire.from, wire.to, { type }, at) : doc;
      },
  ),
  positions.map(
    (at): Deed =>
      (doc, pick) => {
        const wire = pick(drawingOf(doc).wires);
        const node = pick(drawingOf(doc).nodes);
        return wire && node ? insertOnWire(doc, wire.from, wire.to, { nodeId: node.id }, at) : doc;
      },
  ),
  fc.constant<Deed>((doc, pick) => {
    const ids = drawingOf(doc).nodes.map(({ id }) => id);
    return connect(doc, pick(ids) ?? '', pick(ids) ?? '');
  }),
  fc
    .record({ type: fc.constantFrom(...types), side: fc.constantFrom('source', 'target'), at: positions })
    .map(
      ({ type, side, at }): Deed =>
        (doc, pick) => {
          const nodeId = pick(drawingOf(doc).nodes)?.id ?? '';
          return addAt(
            doc,
            type,
            { at: 'end', of: { nodeId, side: side === 'source' ? side : 'target' } },
            at,
          );
        },
    ),
  fc.constantFrom(...types).map(
    (type): Deed =>
      (doc, pick) =>
        replaceBlock(doc, pick(drawingOf(doc).nodes)?.id ?? '', type),
  ),
  fc.boolean().map(
    (bypassed): Deed =>
      (doc, pick) =>
        setBypassed(doc, [pick(drawingOf(doc).nodes)?.id ?? ''], bypassed),
  ),
  fc.constant<Deed>((doc, pick) => {
    const { wires } = drawingOf(doc);
    const cut = [pick(wires), pick(wires)].flatMap((wire) => wire ?? []);
    return cutWires(doc, cut);
  }),
  fc.constant<Deed>((doc, pick) => {
    const wire = pick(drawingOf(doc).wires);
    return wire ? disconnect(doc, wire.from, wire.to) : doc;
  }),
  fc.constant<Deed>((doc, pick) => {
    const ids = drawingOf(doc).nodes.map(({ id }) => id);
    return removeNodes(doc, [pick(ids) ?? '', pick(ids) ?? '']);
  }),
  fc
    .constantFrom(...entries)
    .chain(([name, entry]) => arbitraryValue(entry).map((value) => ({ name, value })))
    .map(
      ({ name, value }): Deed =>
        (doc, pick) => {
          const node = pick(drawingOf(doc).nodes.filter(({ params }) => name in params));
          return node ? setParameter(doc, node.id, name, value) : doc;
        },
    ),
  fc.constant<Deed>((doc, pick) => resetDifference(doc, pick(Object.keys(doc.decoder)) ?? 'code′')),
  fc.constantFrom('add', 'concat', null).map(
    (join): Deed =>
      (doc, pick) => {
        const node = pick(drawingOf(doc).nodes);
        return node ? setSkip(doc, node.id, join) : doc;
      },
  ),
  fc.boolean().map(
    (tied): Deed =>
      (doc, pick) => {
        const node = pick(drawingOf(doc).nodes);
        return node ? setTied(doc, node.id, tied) : doc;
      },
  ),
  positions.map(
    (at): Deed =>
      (doc, pick) => {
        const node = pick(drawingOf(doc).nodes);
        return node && at ? moveNodes(doc, { [node.id]: at }) : doc;
      },
  ),
  sampleShapes.map(
    (shape): Deed =>
      (doc) =>
        setData(doc, { kind: 'npy', path: 'x.npy', shape }),
  ),
  fc.record({ codeSize: fc.integer({ min: 1, max: 64 }), layerCount: fc.nat(5) }, { requiredKeys: [] }).map(
    (change): Deed =>
      (doc) =>
        setHyperparameters(doc, change),
  ),
  fc.constantFrom(...losses.map(({ type }) => type)).map(
    (loss): Deed =>
      (doc) =>
        setOutput(doc, { loss }),
  ),
);

function allowed<T>(deed: () => T, otherwise: T): T {
  try {
    return deed();
  } catch (error) {
    // A refusal leaves the drawing as it was; anything else is a fault.
    if (error instanceof ProblemError) return otherwise;
    throw error;
  }
}

describe('any sequence of edits', () => {
  const sessions = fc.record({
    start: fc.oneof(fc.constant(emptyDocument()), fc.constant(newDocument()), stacks, branchedStacks),
    steps: fc.array(fc.tuple(deeds, fc.array(fc.nat(), { minLength: 4, maxLength: 4 })), { maxLength: 25 }),
  });

  it('keeps the document valid, canonical and its halves consistent, and never touches what it was given', () => {
    let finished = 0;
    fc.assert(
      fc.property(sessions, ({ start, steps }) => {
        let doc = tidy(start);
        for (const [deed, numbers] of steps) {
          const before = documentText(doc);
          const given = doc;
          let next = 0;
          const pick = <T>(list: readonly T[]): T | undefined => {
            next += 1;
            return list[(numbers[next % numbers.length] ?? 0) % list.length];
          };
          doc = allowed(() => deed(given, pick), given);
          expect(documentText(given)).toBe(before);
          checkConsistent(doc);
        }
        if (planDocument(doc).plan) finished += 1;
      }),
      { numRuns: 80 },
    );
    expect(finished).toBeGreaterThan(10);
  });

  function checkConsistent(doc: GraphDocument) {
    const text = documentText(doc);
    expect(documentText(parseDocument(text))).toBe(text);
    expect(documentText(tidy(doc))).toBe(text);
    const { nodes, wires, plan } = drawingOf(doc);
    const ids = new Set(nodes.map(({ id }) => id));
    expect(ids.size).toBe(nodes.length);
    expect(new Set(wires.map(({ id }) => id)).size).toBe(wires.length);
    for (const { from, to } of wires) expect(ids.has(from) && ids.has(to)).toBe(true);
    for (const { id, params, type } of doc.blocks) {
      if (blockOf(type)?.role === 'input') continue;
      const twin = nodes.find((node) => node.id === twinId(id));
      expect(twin !== undefined).toBe(hasTwin(type));
      if (!twin) continue;
      for (const [name, entry] of Object.entries(blockOf(type)?.params ?? {})) {
        if (entry.structural) expect(twin.params[name]).toBe(entry.ofEncoder ? entry.default : params[name]);
      }
      const differences = doc.decoder[twin.id] ?? {};
      // While blocks are left out, another twin may make the output and have the output's activation for so long.
      const { activation: _activation, ...others } = differences;
      const said = doc.bypassed?.length && !twin.differences.includes('activation') ? others : differences;
      expect(twin.differences).toEqual(Object.keys(said));
      expect(twin.params).toMatchObject(said);
    }
    for (const nodeId of [...Object.keys(doc.layout), ...Object.keys(doc.decoder)]) {
      const { blockId, twin } = nodeOwner(nodeId);
      const type = doc.blocks.find((block) => block.id === blockId)?.type ?? '';
      expect(nodeId === OUTPUT || (idsOf(doc).includes(blockId) && (!twin || hasTwin(type)))).toBe(true);
    }
    for (const [id, join] of Object.entries(doc.skips)) {
      expect(wires.find((wire) => wire.id === wireId(id, twinId(id)))?.skip).toBe(join);
    }
    for (const id of doc.tied)
      expect(nodes.filter(({ blockId }) => blockId === id).some(({ tied }) => tied)).toBe(true);
    for (const { position } of nodes) {
      expect(Number.isFinite(position.x) && Number.isFinite(position.y)).toBe(true);
    }
    // Edits alone can leave a drawing unfinished, but never tangled.
    const tangled = ['CYCLE', 'SELF_WIRE', 'SECOND_WIRE_IN', 'SECOND_INPUT', 'SECOND_CODE', 'INTO_INPUT'];
    const never = [
      ...tangled,
      'PAIR_OF_NOTHING',
      'TIED_IMPOSSIBLE',
      'BYPASS_IMPOSSIBLE',
      'SKIP_IMPOSSIBLE',
      'SKIP_CONCAT',
      'CODE_ENDS_ENCODER',
      'DANGLING_WIRE',
      'DOCUMENT_FIELD',
      'DIFFERENCE_NOT_FREE',
    ];
    const found = validateDocument(doc).map(({ code }) => code);
    expect(
      found.filter((code) => [...never, 'OUTPUT_ACTIVATION_TWICE', 'PARAMETER_RANGE'].includes(code)),
    ).toEqual([]);
    const drawn = plan?.layers.filter(({ type }) => type !== 'sum' && type !== 'part');
    const planned = nodes.filter(({ bypassed }) => !bypassed);
    if (drawn) expect(planned.length).toBe(drawn.length);
  }
});
