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
  learningRate: 0.001,
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

/** Each loss with the steps that it stands for. */
function pointsOf(events: readonly RunEvent[]) {
  return events.flatMap((event) => {
    if (event.kind !== 'progress') return [];
    const lastOf = (index: number) => event.lastSteps?.[index] ?? event.firstStep + index;
    return event.losses.map((loss, index) => ({
      first: index === 0 ? event.firstStep : lastOf(index - 1) + 1,
      last: lastOf(index),
      loss,
    }));
  });
}

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

  it('thins a long run out evenly, and goes on from wherever a reader is', () => {
    const kept = 512;
    const script = fc.array(fc.record({ steps: fc.integer({ min: 1, max: 60 }), pictures: fc.boolean() }), {
      minLength: 50,
      maxLength: 400,
    });
    fc.assert(
      fc.property(script, fc.integer({ min: 1, max: 40 }), fc.nat(10_000), (pieces, perEpoch, from) => {
        const log = new RunLog(2, kept);
        let step = 0;
        let epoch = 1;
        pieces.forEach((piece, index) => {
          // Each loss is its step's number: a mean then says which steps it stands for.
          const losses = Array.from({ length: piece.steps }, (_, i) => step + 1 + i);
          log.append(progress(epoch, step + 1, ...losses));
          step += piece.steps;
          if (piece.pictures) log.append(pictures(step));
          if (index % perEpoch === perEpoch - 1) {
            log.append({ kind: 'epoch', epoch, step, trainLoss: 0, validation: null });
            epoch += 1;
          }
        });
        const { events, last } = all(log);
        const points = pointsOf(events);
        // Every step once, in order, by the mean of its group.
        expect(points[0]?.first).toBe(1);
        expect(points.at(-1)?.last).toBe(step);
        points.forEach(({ first, last: end, loss }, index) => {
          expect(first).toBe((points[index - 1]?.last ?? 0) + 1);
          expect(loss).toBeCloseTo((first + end) / 2, 6);
        });
        expect(points.length).toBeLessThanOrEqual(Math.max(kept, 2 * epoch + kept) + 60);
        // The latest are whole.
        for (const { first, last: end } of points.slice(-kept / 8)) expect(end).toBe(first);
        const rest = pointsOf(all(log, Math.min(from, last)).events);
        expect(rest).toEqual(rest.length === 0 ? [] : points.slice(-rest.length));
      }),
      { numRuns: 50 },
    );
  });

  it('gives its losses to be kept, and where it was thinned out the steps that they stand for', () => {
    const numbers = (log: RunLog) => JSON.parse(`[${[...log.lossHistory().losses.lines()].join('')}]`);
    const short = new RunLog();
    short.append(progress(1, 1, 0.5, 0.25));
    short.append(pictures(2));
    short.append(progress(2, 3, 0.125));
    expect(numbers(short)).toEqual([0.5, 0.25, 0.125]);
    expect(short.lossHistory().lossSteps).toBeUndefined();
    const long = new RunLog(2, 64);
    for (let step = 1; step <= 500; step += 10) {
      long.append(progress(1, step, ...Array.from({ length: 10 }, (_, index) => step + index)));
    }
    const points = pointsOf(all(long).events);
    expect(points.length).toBeLessThan(200);
    expect(numbers(long)).toEqual(points.map(({ loss }) => loss));
    expect(long.lossHistory().lossSteps).toEqual(points.map(({ last }) => last));
  });

  it('stays bounded however long the run', () => {
    const log = new RunLog(2, 512);
    for (let step = 1; step <= 200_000; step += 50) {
      log.append(progress(1, step, ...Array.from({ length: 50 }, () => 1)));
      log.append(pictures(step));
    }
    const points = pointsOf(all(log).events);
    expect(points.length).toBeLessThanOrEqual(512 + 50);
    expect(points.length).toBeGreaterThan(100);
    expect(all(log).events.length).toBeLessThan(60);
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
