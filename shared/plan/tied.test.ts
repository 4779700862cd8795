import { describe, expect, it } from 'vitest';
import { setTied } from '../document/edits';
import { emptyDocument, newBlock, newDocument } from '../document/new-document';
import { drawingOf } from './drawing';
import { planDocument } from './plan-document';
import { chained } from './random-stacks';

describe('tied weights', () => {
  const doc = setTied(setTied(newDocument(), 'dense-1', true), 'code', true);

  it('leave the twin a bias of its own, and nearly half the parameters', () => {
    const { plan } = planDocument(doc);
    const twin = plan?.layers.find(({ id }) => id === 'dense-1′');
    expect(twin?.weights.map(({ name }) => name)).toEqual(['bias']);
    expect(twin?.shared).toMatchObject({
      layerId: 'dense-1',
      weights: [{ name: 'kernel', shape: [784, 256] }],
    });
    const kernels = 784 * 256 + 2 * 256 * 64 + 64 * 16;
    expect(plan?.parameterCount).toBe(kernels + 256 + 64 + 16 + 64 + 256 + 784);
  });

  it('are marked on both nodes', () => {
    const tied = drawingOf(doc).nodes.filter((node) => node.tied);
    expect(tied.map(({ id }) => id)).toEqual(['dense-1', 'code', 'code′', 'dense-1′']);
  });

  it('are a Problem of the block where they cannot be', () => {
    const stack = {
      ...emptyDocument(),
      data: { kind: 'npy', path: 'x.npy', shape: [8, 8, 3] } as const,
      ...chained([
        newBlock('input', 'input'),
        newBlock('conv', 'conv-1'),
        newBlock('max-pool', 'max-pool-1'),
        newBlock('activation', 'activation-1'),
        newBlock('dense', 'dense-1'),
        newBlock('code', 'code'),
      ]),
      skips: { 'dense-1': 'concat' } as const,
      decoder: { 'conv-1′': { kernelInitializer: 'zeros' } },
    };
    const tied = ['conv-1', 'max-pool-1', 'activation-1', 'dense-1', 'dense-9'];
    const problems = (of: Partial<typeof stack>) =>
      planDocument({ ...stack, tied, ...of }).problems.map(({ code, message }) => `${code} ${message}`);
    expect(problems({})).toEqual([
      expect.stringMatching(/^DIFFERENCE_NOT_FREE kernelInitializer of conv-1′/),
      expect.stringMatching(/^TIED_IMPOSSIBLE max-pool-1 .*“Max pool” has none/),
      expect.stringMatching(/^TIED_IMPOSSIBLE activation-1 .*no twin/),
      expect.stringMatching(/^TIED_IMPOSSIBLE dense-1 .*twice the channels/),
      expect.stringMatching(/^PAIR_OF_NOTHING “tied” names dense-9/),
    ]);
    const colour = { ...stack, tied: ['conv-1'], decoder: {}, task: { kind: 'colour' } } as const;
    expect(planDocument(colour).problems).toMatchObject([
      { code: 'TIED_IMPOSSIBLE', message: expect.stringContaining('8×8×3, but the block takes 8×8×1') },
    ]);
  });
});
