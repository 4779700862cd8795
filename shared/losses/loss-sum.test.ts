import { describe, expect, it } from 'vitest';
import { canonical } from '../document/canonical';
import { documentSchema } from '../document/document-schema';
import { setOutput } from '../document/edits';
import { newDocument } from '../document/new-document';
import { planDocument } from '../plan/plan-document';
import { briefLossSum, lossSumOf, type OutputSettings } from './loss-sum';

const withOutput = (output: OutputSettings) => ({ ...newDocument(), output });
const codes = (output: OutputSettings) =>
  planDocument(withOutput(output)).problems.map(({ code, where }) => [code, where?.nodeId, where?.param]);

describe('a weighted sum of losses', () => {
  it('is worth what is worked out by hand', () => {
    const sum = [
      { loss: 'mse', weight: 0.8 },
      { loss: 'mae', weight: 0.5 },
    ] as const;
    // Errors 0.5 and −0.1: MSE (0.25 + 0.01) / 2 = 0.13, MAE 0.6 / 2 = 0.3.
    expect(lossSumOf(sum, [0.75, 0.4], [0.25, 0.5], [2])).toBeCloseTo(0.8 * 0.13 + 0.5 * 0.3, 12);
  });

  it('is told by its briefs and weights', () => {
    const addedLosses = [{ loss: 'ssim', weight: 0.2 }] as const;
    expect(briefLossSum({ activation: 'sigmoid', loss: 'mse', lossWeight: 0.8, addedLosses })).toBe(
      '0.8 MSE + 0.2 SSIM',
    );
    expect(briefLossSum({ activation: 'sigmoid', loss: 'bce' })).toBe('BCE');
  });

  it('is kept in the catalogue’s order, and says nothing where it is one loss', () => {
    const addedLosses = [
      { loss: 'ssim', weight: 0.2 },
      { loss: 'mae', weight: 1 },
    ] as const;
    const kept = canonical(
      withOutput({ activation: 'sigmoid', loss: 'mse', lossWeight: 1, addedLosses }),
    ).output;
    expect(JSON.stringify(kept)).toBe(
      '{"activation":"sigmoid","loss":"mse","addedLosses":[{"loss":"mae","weight":1},{"loss":"ssim","weight":0.2}]}',
    );
    const alone = canonical(
      withOutput({ activation: 'sigmoid', loss: 'mse', lossWeight: 1, addedLosses: [] }),
    );
    expect(JSON.stringify(alone.output)).toBe('{"activation":"sigmoid","loss":"mse"}');
  });

  it('refuses weights that are not above 0', () => {
    expect(() => setOutput(newDocument(), { lossWeight: 0 })).toThrow(/lossWeight/);
    expect(() => setOutput(newDocument(), { addedLosses: [{ loss: 'mae', weight: -1 }] })).toThrow(/weight/);
    expect(documentSchema.safeParse(newDocument()).success).toBe(true);
  });

  it('refuses a loss twice, and what any of its losses refuses', () => {
    const twice = { activation: 'sigmoid', loss: 'mse', addedLosses: [{ loss: 'mse', weight: 1 }] } as const;
    expect(codes(twice)).toEqual([['LOSS_TWICE', 'output', 'loss']]);
    const added = { activation: 'relu', loss: 'mse', addedLosses: [{ loss: 'bce', weight: 1 }] } as const;
    expect(codes(added)).toEqual([['BCE_NEEDS_SIGMOID', 'output', 'activation']]);
  });
});
