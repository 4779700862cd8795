import { useEffect, useState } from 'react';
import type { CallResult } from '../../shared/ipc/contract';
import { call } from '../state/session-store';

type Samples = CallResult<'run.codeSamples'>;

/** One sample as a block of several, and which of them it is. */
export interface Picture {
  readonly samples: Samples;
  readonly index: number;
}

/** The samples that a call asks for at most. */
const AT_ONCE = 16;
/** Pictures kept, the last ones asked for. */
const KEPT = 400;

/** Of one run: the samples do not change while it goes on, what is made of them does. */
let keptOf = '';
const kept = new Map<number, Picture>();
const awaited = new Set<number>();
let asking = false;
const listeners = new Set<() => void>();

/** The picture of a sample, asked for where it is not here; null until it is. */
export function useSamplePicture(runId: string, place: number | null): Picture | null {
  const [, redraw] = useState(0);
  useEffect(() => {
    if (place === null) return;
    const listener = () => redraw((count) => count + 1);
    listeners.add(listener);
    ask(runId, place);
    return () => {
      listeners.delete(listener);
      awaited.delete(place);
    };
  }, [runId, place]);
  return place !== null && keptOf === runId ? (kept.get(place) ?? null) : null;
}

function ask(runId: string, place: number): void {
  if (keptOf !== runId) {
    keptOf = runId;
    kept.clear();
    awaited.clear();
  }
  if (kept.has(place)) return;
  awaited.add(place);
  if (!asking) void askAll(runId);
}

async function askAll(runId: string): Promise<void> {
  asking = true;
  // All that one screen asks for is asked together.
  await Promise.resolve();
  try {
    while (awaited.size > 0 && keptOf === runId) {
      const places = [...awaited].slice(-AT_ONCE);
      for (const place of places) awaited.delete(place);
      const samples = await call('run.codeSamples', { runId, places });
      if (keptOf !== runId) return;
      for (const [index, place] of places.entries()) kept.set(place, { samples, index });
      for (const place of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(place);
      for (const listener of [...listeners]) listener();
    }
  } catch {
    // The panel says what keeps codes from being told; a picture that is missing says no more.
    awaited.clear();
  } finally {
    asking = false;
    if (awaited.size > 0) void askAll(keptOf);
  }
}
