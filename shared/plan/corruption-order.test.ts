import { describe, expect, it } from 'vitest';
import { canConnect, canInsert } from '../document/edits';
import type { DocumentBlock } from '../document/graph-document';
import { newBlock, newDocument } from '../document/new-document';
import { corruptionProblems } from './corruption-order';
import { planDocument } from './plan-document';
import { chained } from './random-stacks';

const input = newBlock('input', 'input');
const noise = newBlock('corrupt-noise', 'corrupt-noise-1');
const masking = newBlock('corrupt-masking', 'corrupt-masking-1');
const dense = newBlock('dense', 'dense-1', { units: 20 });
const code = newBlock('code', 'code', { size: 8 });

const drawing = (...blocks: DocumentBlock[]) => ({
  ...newDocument(),
  data: { kind: 'npy' as const, path: 'data.npy', shape: [28, 28, 1] },
  ...chained([input, ...blocks]),
});

describe('corruption', () => {
  it('stands right after the input, also several of it, and changes no shape of the decoder', () => {
    const { plan, problems } = planDocument(drawing(noise, masking, dense, code));
    expect(problems).toEqual([]);
    expect(plan?.seenId).toBe('corrupt-masking-1');
    expect(plan?.layers.map(({ id }) => id)).toEqual([
      'input',
      'corrupt-noise-1',
      'corrupt-masking-1',
      'dense-1~flatten',
      'dense-1',
      'code',
      'code′',
      'dense-1′',
      'dense-1~flatten′',
      'output',
    ]);
  });

  it('stands nowhere else', () => {
    const misplaced = drawing(dense, noise, code);
    expect(planDocument(misplaced).plan).toBeNull();
    expect(planDocument(misplaced).problems).toMatchObject([
      { code: 'CORRUPTION_MISPLACED', where: { nodeId: 'corrupt-noise-1' } },
    ]);
    const right = drawing(noise, dense, code);
    expect(canInsert(right, 'dense-1', 'code', { type: 'corrupt-blur' })?.code).toBe('CORRUPTION_MISPLACED');
    expect(canInsert(right, 'input', 'corrupt-noise-1', { type: 'dropout' })?.code).toBe(
      'CORRUPTION_MISPLACED',
    );
    expect(canInsert(right, 'input', 'corrupt-noise-1', { type: 'corrupt-blur' })).toBeNull();
    expect(canInsert(right, 'corrupt-noise-1', 'dense-1', { type: 'corrupt-blur' })).toBeNull();
    const apart = { ...right, blocks: [...right.blocks, masking] };
    const unwired = { ...apart, wires: apart.wires.filter(({ from }) => from !== 'dense-1') };
    expect(canConnect(unwired, 'dense-1', 'corrupt-masking-1')?.code).toBe('CORRUPTION_MISPLACED');
  });

  it('lets no clean sample past it', () => {
    const { blocks, wires, ...rest } = drawing(noise, dense, code);
    const past = { ...rest, blocks, wires: [...wires, { from: 'input', to: 'code' }] };
    expect(corruptionProblems(past)).toMatchObject([
      { code: 'CORRUPTION_BYPASSED', where: { nodeId: 'code' } },
    ]);
  });
});
