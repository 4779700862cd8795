import { expect, it } from 'vitest';
import { CoveredTally } from './covered-tally';

it('measures only what is covered, and only samples that have any', () => {
  const tally = new CoveredTally(1);
  expect(tally.mean()).toBeNull();
  tally.add([0, 0, 0], [1, 1, 1], [0.5, 0.5, 0.5], [0, 0, 0]);
  expect(tally.mean()).toBeNull();
  // Errors of 0.1 and 0.1 where it is covered: 20 dB; before, of 1 and 1: 0 dB. The rest would spoil both.
  tally.add([0.4, 0.6, 0.3], [1.5, -0.5, 9], [0.5, 0.5, 0.9], [1, 1, 0]);
  expect(tally.mean()?.psnr).toBeCloseTo(20, 9);
  expect(tally.mean()?.inputPsnr).toBeCloseTo(0, 9);
  tally.add([0.49, 0, 0], [0.4, 0, 0], [0.5, 0, 0], [1, 0, 0]);
  expect(tally.mean()?.psnr).toBeCloseTo(30, 9);
  expect(tally.mean()?.inputPsnr).toBeCloseTo(10, 9);
});
