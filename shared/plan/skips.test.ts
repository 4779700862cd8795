import { describe, expect, it } from 'vitest';
import { setSkip } from '../document/edits';
import type { GraphDocument } from '../document/graph-document';
import { emptyDocument, newBlock, newDocument } from '../document/new-document';
import { drawingOf } from './drawing';
import { planDocument } from './plan-document';
import { chained } from './random-stacks';
import { decodeProblem, possibleSkips } from './skips';

const unet: GraphDocument = {
  ...emptyDocument(),
  ...chained([
    newBlock('input', 'input'),
    newBlock('conv', 'conv-1', { filters: 8, stride: 2 }),
    newBlock('activation', 'activation-1'),
    newBlock('conv', 'conv-2', { filters: 16, stride: 2 }),
    newBlock('max-pool', 'max-pool-1'),
    newBlock('code', 'code'),
  ]),
  skips: { 'conv-1': 'concat', 'conv-2': 'add', 'max-pool-1': 'add' },
};
const layerOf = (doc: GraphDocument, id: string) => planDocument(doc).layers.get(id);

describe('a skip', () => {
  it('joins what the block gives out with what its twin takes in', () => {
    expect(layerOf(unet, 'conv-1′')).toMatchObject({
      inputs: ['conv-2′', 'conv-1'],
      join: 'concat',
      inputShape: [14, 14, 16],
      outputShape: [28, 28, 1],
      // Twice the channels come in: 3 · 3 · 1 · 16 and a bias.
      parameterCount: 3 * 3 * 16 + 1,
    });
    expect(layerOf(unet, 'conv-2′')).toMatchObject({
      inputs: ['max-pool-1′', 'conv-2'],
      join: 'add',
      inputShape: [7, 7, 16],
    });
    expect(layerOf(unet, 'max-pool-1′')?.inputs).toEqual(['code~flatten′', 'max-pool-1']);
    expect(planDocument(unet).problems).toEqual([]);
  });

  it('is drawn from the block to the twin with what it carries, and known where the rest is not', () => {
    const wire = drawingOf(unet).wires.find(({ id }) => id === 'conv-1→conv-1′');
    expect(wire).toMatchObject({ shape: [14, 14, 8], derived: true, encoderWire: null, skip: 'concat' });
    const open = { ...unet, wires: unet.wires.filter(({ to }) => to !== 'conv-2') };
    const twin = drawingOf(open).nodes.find(({ id }) => id === 'conv-1′');
    expect(twin).toMatchObject({ inputShape: [14, 14, 16], skip: 'concat' });
    expect(planDocument(open).plan).toBeNull();
  });

  it('can concatenate where the mirror has weights, and add wherever there is a twin', () => {
    const possible = unet.blocks.map((block) => `${block.id} ${possibleSkips(unet, block).join(' ')}`);
    expect(possible).toEqual([
      'input ',
      'conv-1 concat add',
      'activation-1 ',
      'conv-2 concat add',
      'max-pool-1 add',
      'code ',
    ]);
    expect(() => setSkip(unet, 'max-pool-1', 'concat')).toThrow(/mirror \(upsample\) has no weights/);
    expect(() => setSkip(unet, 'activation-1', 'add')).toThrow(/there is none/);
    expect(() => setSkip(unet, 'code′', 'add')).toThrow(/feeds its twin already/);
  });

  it('is a Problem of its block in a file where it cannot be', () => {
    const skips = { 'max-pool-1': 'concat', code: 'add', input: 'add', 'conv-9': 'add' } as const;
    const { plan, problems } = planDocument({ ...unet, skips });
    expect(plan).toBeNull();
    expect(problems.map(({ code, where }) => `${code} ${where?.nodeId}`)).toEqual([
      'SKIP_CONCAT max-pool-1',
      'SKIP_IMPOSSIBLE code',
      'SKIP_IMPOSSIBLE input',
      'PAIR_OF_NOTHING undefined',
    ]);
  });
});

it('cannot join what a twin takes from the target’s channels with the encoder’s', () => {
  const pooled = {
    ...emptyDocument(),
    data: { kind: 'npy', path: 'x.npy', shape: [8, 8, 3] },
    task: { kind: 'colour' },
    ...chained([
      newBlock('input', 'input'),
      newBlock('max-pool', 'max-pool-1'),
      newBlock('conv', 'conv-1'),
      newBlock('code', 'code'),
    ]),
    skips: { 'max-pool-1': 'add', 'conv-1': 'concat' },
  } as const satisfies GraphDocument;
  expect(planDocument(pooled).problems).toMatchObject([
    { code: 'SKIP_SHAPES', message: expect.stringMatching(/carries 4×4×1, .* takes 4×4×3/) },
  ]);
  expect(planDocument({ ...pooled, skips: { 'conv-1': 'concat' } }).plan).not.toBeNull();
});

it('keeps codes from being decoded alone, and says which blocks they lack', () => {
  const { plan } = planDocument(unet);
  expect(plan && decodeProblem(plan)).toMatchObject({
    code: 'CODE_NOT_ENOUGH',
    message: expect.stringContaining('max-pool-1, conv-2, conv-1'),
    where: { nodeId: 'code' },
  });
  const { plan: chain } = planDocument(newDocument());
  expect(chain && decodeProblem(chain)).toBeNull();
});
