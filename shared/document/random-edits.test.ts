import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockOf } from '../blocks/catalogue';
import { drawingOf } from '../plan/drawing';
import { hasTwin, nodeOwner, OUTPUT, twinId } from '../plan/mirror';
import { planDocument } from '../plan/plan-document';
import { branchedStacks } from '../plan/random-branches';
import { stacks } from '../plan/random-stacks';
import { wireId } from '../plan/wiring';
import { documentText, parseDocument } from './document-text';
import type { GraphDocument } from './graph-document';
import { emptyDocument, newDocument } from './new-document';
import { randomSteps, stepTaken } from './random-edits';
import { tidy } from './tidy';
import { validateDocument } from './validate';

const idsOf = (doc: GraphDocument) => doc.blocks.map(({ id }) => id);

describe('any sequence of edits', () => {
  const sessions = fc.record({
    start: fc.oneof(fc.constant(emptyDocument()), fc.constant(newDocument()), stacks, branchedStacks),
    steps: fc.array(randomSteps, { maxLength: 25 }),
  });

  it('keeps the document valid, canonical and its halves consistent, and never touches what it was given', () => {
    let finished = 0;
    fc.assert(
      fc.property(sessions, ({ start, steps }) => {
        let doc = tidy(start);
        for (const step of steps) {
          const before = documentText(doc);
          const given = doc;
          doc = stepTaken(given, step);
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
      // A colouring's target may ask a tied twin for other channels than its block takes.
      ...(doc.task.kind === 'colour' ? [] : ['TIED_IMPOSSIBLE']),
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
