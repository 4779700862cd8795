import { describe, expect, it } from 'vitest';
import { StepLog } from './step-log';

describe('StepLog', () => {
  it('tells every loss once, with the number of the first', () => {
    const log = new StepLog(100);
    expect(log.progress(1)).toBeNull();
    log.addLoss(3);
    log.addLoss(2);
    expect(log.progress(1)).toMatchObject({ epoch: 1, firstStep: 1, losses: [3, 2] });
    expect(log.progress(1)).toBeNull();
    log.addLoss(1);
    expect(log.progress(2)).toMatchObject({ epoch: 2, firstStep: 3, losses: [1] });
    expect(log.step).toBe(3);
  });

  it('is due at most 20 times a second', () => {
    const log = new StepLog(100);
    expect(log.isDue(performance.now())).toBe(true);
    log.progress(1);
    expect(log.isDue(performance.now() + 40)).toBe(false);
    expect(log.isDue(performance.now() + 60)).toBe(true);
  });

  it('knows how long the rest takes at this pace', () => {
    const log = new StepLog(1000);
    for (let i = 0; i < 40; i++) {
      log.addLoss(1);
      log.addTime(10, 100, i === 0);
    }
    const event = log.progress(1);
    expect(event?.samplesPerSecond).toBeCloseTo(100, 6);
    expect(event?.secondsLeft).toBeCloseTo(6, 6);
  });
});
