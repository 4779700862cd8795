import { describe, expect, it } from 'vitest';
import { newBlock, newDocument } from '../document/new-document';
import { tidy } from '../document/tidy';
import { planDocument } from '../plan/plan-document';
import { chained } from '../plan/random-stacks';
import { decodeProblem } from '../plan/skips';
import { seenShape, type Task, tasks } from './catalogue';

describe('tasks', () => {
  it('are there once, each with a name and a sentence', () => {
    expect(new Set(tasks.map(({ kind }) => kind)).size).toBe(tasks.length);
    for (const { label, help } of tasks) {
      expect(label).not.toBe('');
      expect(help).toMatch(/\.$/);
    }
  });

  it('show the encoder all of a sample, or its brightness', () => {
    expect(seenShape('reconstruct', [32, 30, 3])).toEqual([32, 30, 3]);
    expect(seenShape('colour', [32, 30, 3])).toEqual([32, 30, 1]);
  });
});

describe('a drawing that colours', () => {
  const drawing = (shape: readonly number[], blocks: Parameters<typeof chained>[0]) =>
    planDocument({
      ...newDocument(),
      task: { kind: 'colour' },
      data: { kind: 'npy', path: 'data.npy', shape },
      ...chained([newBlock('input', 'input'), ...blocks]),
    });
  const code = newBlock('code', 'code', { size: 7 });
  const shapesOf = (planned: ReturnType<typeof drawing>) =>
    planned.plan?.layers.map(({ id, outputShape }) => [id, outputShape.join('×')].join(' '));

  it('gives the channels of the target to the twin that makes the output', () => {
    const planned = drawing([9, 8, 3], [newBlock('conv', 'conv', { filters: 4, stride: 2 }), code]);
    expect(planned.problems).toEqual([]);
    expect(planned.plan).toMatchObject({ inputShape: [9, 8, 1], outputShape: [9, 8, 3], seenId: 'input' });
    expect(shapesOf(planned)).toEqual([
      'input 9×8×1',
      'conv 5×4×4',
      'code~flatten 80',
      'code 7',
      'code′ 80',
      'code~flatten′ 5×4×4',
      'conv′ 9×8×3',
      'output 9×8×3',
    ]);
    expect(planned.shapes.get('conv′')).toMatchObject({ inputShape: [5, 4, 4], outputShape: [9, 8, 3] });
  });

  it('gives a* and b* where lightness is kept, and says why the code alone makes no picture', () => {
    const planned = planDocument({
      ...newDocument(),
      task: { kind: 'colour', space: 'lab' },
      data: { kind: 'npy', path: 'data.npy', shape: [9, 8, 3] },
      ...chained([newBlock('input', 'input'), newBlock('conv', 'conv', { filters: 4, stride: 2 }), code]),
    });
    expect(planned.problems).toEqual([]);
    expect(planned.plan).toMatchObject({
      inputShape: [9, 8, 1],
      targetShape: [9, 8, 2],
      outputShape: [9, 8, 3],
    });
    expect(shapesOf(planned)?.slice(-2)).toEqual(['conv′ 9×8×2', 'output 9×8×2']);
    expect(planned.shapes.get('output')).toMatchObject({ outputShape: [9, 8, 2] });
    expect(planned.plan && decodeProblem(planned.plan)).toMatchObject({ code: 'CODE_WITHOUT_LIGHTNESS' });
  });

  it('keeps the colours of colouring alone in a file, and those that are usual in none', () => {
    const tasked = (task: Task) => tidy({ ...newDocument(), task }).task;
    expect(tasked({ kind: 'colour', space: 'lab' })).toEqual({ kind: 'colour', space: 'lab' });
    expect(tasked({ kind: 'colour', space: 'rgb' })).toEqual({ kind: 'colour' });
    expect(tasked({ kind: 'denoise', space: 'lab' })).toEqual({ kind: 'denoise' });
  });

  it('passes them on through mirrored pools, and through a reshape', () => {
    expect(
      shapesOf(drawing([8, 8, 3], [newBlock('max-pool', 'pool'), newBlock('conv', 'conv'), code]))?.slice(-3),
    ).toEqual(['conv′ 4×4×3', 'pool′ 8×8×3', 'output 8×8×3']);
    expect(shapesOf(drawing([4, 4, 3], [newBlock('dense', 'dense', { units: 9 }), code]))?.slice(-3)).toEqual(
      ['dense′ 48', 'dense~flatten′ 4×4×3', 'output 4×4×3'],
    );
  });

  it.each([[[28, 28, 1]], [[784]]])('needs colours, which samples of %j have not', (shape) => {
    const { plan, problems } = drawing(shape, [newBlock('dense', 'dense'), code]);
    expect(plan).toBeNull();
    expect(problems).toMatchObject([{ code: 'TASK_NEEDS_COLOUR', where: { nodeId: 'input' } }]);
  });
});
