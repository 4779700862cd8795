import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../shared/ipc/contract';
import { RunLog } from './run-log';

const progress = (epoch: number, firstStep: number, ...losses: number[]): RunEvent => ({
  kind: 'progress',
  epoch,
  firstStep,
  losses,
  samplesPerSecond: 1,
  secondsLeft: 1,
});
const block = { count: 1, shape: [1], pixels: new Uint8Array(1) };
const pictures = (step: number): RunEvent => ({
  kind: 'reconstructions',
  step,
  originals: block,
  reconstructions: block,
});

function all(log: RunLog, after = -1): { events: RunEvent[]; last: number } {
  const events: RunEvent[] = [];
  let last = after;
  for (let next = log.after(last); next; next = log.after(last)) {
    events.push(next.event);
    last = next.sequence;
  }
  return { events, last };
}

const lossesOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.kind === 'progress' ? event.losses : []));

describe('a run’s log', () => {
  it('gives every loss once, with its step, wherever a reader joins and however often it looks', () => {
    const event = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.integer({ min: 1, max: 50 }).map((count) => ({ kind: 'losses' as const, count })),
      },
      { weight: 3, arbitrary: fc.constant({ kind: 'pictures' as const }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'epoch' as const }) },
      { weight: 4, arbitrary: fc.constant({ kind: 'read' as const }) },
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 80 }), fc.nat(500), (script, joined) => {
        const log = new RunLog(2);
        let step = 0;
        let epoch = 1;
        let position = -1;
        const read: RunEvent[] = [];
        for (const one of script) {
          if (one.kind === 'losses') {
            log.append(
              progress(epoch, step + 1, ...Array.from({ length: one.count }, (_, index) => step + 1 + index)),
            );
            step += one.count;
          } else if (one.kind === 'pictures') log.append(pictures(step));
          else if (one.kind === 'epoch') {
            log.append({ kind: 'epoch', epoch, step, trainLoss: 0, validation: null });
            epoch += 1;
          } else {
            const { events, last } = all(log, position);
            read.push(...events);
            position = last;
          }
        }
        read.push(...all(log, position).events);
        const steps = Array.from({ length: step }, (_, index) => index + 1);
        expect(lossesOf(read)).toEqual(steps);
        const whole = all(log);
        expect(lossesOf(whole.events)).toEqual(steps);
        for (const seen of [...read, ...whole.events]) {
          if (seen.kind === 'progress') expect(seen.losses[0]).toBe(seen.firstStep);
        }
        expect(whole.events.filter(({ kind }) => kind === 'epoch')).toHaveLength(epoch - 1);
        expect(whole.events.filter(({ kind }) => kind === 'reconstructions').length).toBeLessThanOrEqual(2);
        // One that has read up to anywhere gets the rest, in order.
        const rest = lossesOf(all(log, Math.min(joined, whole.last)).events);
        expect(rest).toEqual(rest.length === 0 ? [] : steps.slice(-rest.length));
      }),
      { numRuns: 1_000 },
    );
  });

  it('loses nothing where what a reader read last was forgotten', () => {
    const log = new RunLog(1);
    log.append(progress(1, 1, 0.1));
    log.append(pictures(1));
    const { last } = all(log);
    log.append(progress(1, 2, 0.2));
    log.append(pictures(2));
    expect(lossesOf(all(log, last).events)).toEqual([0.2]);
  });

  it('stays small over a long run', () => {
    const log = new RunLog();
    for (let tick = 0; tick < 20_000; tick += 1) {
      log.append(progress(1, tick * 3 + 1, 1, 2, 3));
      if (tick % 2 === 0) log.append(pictures(tick));
    }
    const { events } = all(log);
    expect(lossesOf(events)).toHaveLength(60_000);
    expect(events.length).toBeLessThan(30);
  });

  it('wakes those who wait, and takes nothing more once closed', async () => {
    const log = new RunLog();
    const { promise } = log.changed();
    log.append(progress(1, 1, 0.5));
    await promise;
    const closing = log.changed();
    log.close();
    await closing.promise;
    log.append(progress(1, 2, 0.5));
    expect(lossesOf(all(log).events)).toEqual([0.5]);
    const stopped = log.changed();
    stopped.stop();
    await stopped.promise;
  });
});
