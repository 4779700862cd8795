import type { CDPSession } from '@playwright/test';

/** One frame that the page drew. */
export interface Frame {
  /** Whether the page was told of the pointer or the wheel in it. */
  readonly gesture: boolean;
  /** Milliseconds of scripts, style and layout since the frame before. */
  readonly busyMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, as is `dur`. */
  readonly ts: number;
  readonly dur?: number;
  readonly args?: { readonly data?: { readonly type?: string } };
}

const BUSY = [
  'EventDispatch',
  'FunctionCall',
  'EvaluateScript',
  'FireAnimationFrame',
  'RunMicrotasks',
  'TimerFire',
  'UpdateLayoutTree',
  'Layout',
];
/** What Chromium does last on the page's thread for each frame that it draws. */
const DRAWN = 'Layerize';
const GESTURES = ['mousemove', 'pointermove', 'wheel'];

/** Notes what Chromium does until the function it gives is called, which tells the frames that were drawn. */
export async function noteFrames(session: CDPSession): Promise<() => Promise<Frame[]>> {
  const events: TraceEvent[] = [];
  const take = ({ value }: { value: object[] }) => {
    events.push(...(value as TraceEvent[]));
  };
  session.on('Tracing.dataCollected', take);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'v8.execute'], excludedCategories: ['*'] },
  });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    session.off('Tracing.dataCollected', take);
    return framesIn(events);
  };
}

function framesIn(events: readonly TraceEvent[]): Frame[] {
  const thread = threadThatDraws(events);
  const ordered = events
    .filter(({ pid, tid }) => `${pid} ${tid}` === thread)
    .sort((first, second) => first.ts - second.ts);
  const frames: Frame[] = [];
  let gesture = false;
  let busy = 0;
  // Up to here all is counted: what one function calls is part of it.
  let until = 0;
  for (const { name, ph, ts, dur = 0, args } of ordered) {
    if (name === DRAWN) {
      frames.push({ gesture, busyMs: busy / 1_000 });
      gesture = false;
      busy = 0;
    }
    if (ph !== 'X' || !BUSY.includes(name)) continue;
    gesture ||= GESTURES.includes(args?.data?.type ?? '');
    busy += Math.max(0, ts + dur - Math.max(ts, until));
    until = Math.max(until, ts + dur);
  }
  return frames;
}

function threadThatDraws(events: readonly TraceEvent[]): string | undefined {
  const drawn = new Map<string, number>();
  for (const { name, pid, tid } of events)
    if (name === DRAWN) drawn.set(`${pid} ${tid}`, (drawn.get(`${pid} ${tid}`) ?? 0) + 1);
  return [...drawn].sort(([, first], [, second]) => second - first)[0]?.[0];
}
