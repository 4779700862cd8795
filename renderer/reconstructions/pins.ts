import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { GraphDocument } from '../../shared/document/graph-document';
import { takeWatched, useRun } from '../run/run-store';
import { messageOf, tell } from '../state/messages';
import { call } from '../state/session-store';
import { goLive } from './film-store';

/** As many as a run can show beside those that came back worst. */
export const MOST_PINS = 12;
/** Data sets and splits whose pins are remembered. */
const MOST_KEYS = 20;

interface Pins {
  /** Places among the validation samples, by what these follow from. */
  readonly places: Readonly<Record<string, readonly number[]>>;
}

/** Which validation samples the user wants to see; kept for this user on this machine. */
export const usePins = create<Pins>()(
  persist((): Pins => ({ places: {} }), { name: 'hourglass.pins', version: 1 }),
);

/** What the validation samples of a drawing follow from: its data, and how they are shared out. */
export function pinKey({ data, training }: GraphDocument): string {
  const { shape: _shape, ...source } = data;
  return JSON.stringify([source, training.validationShare, training.seed]);
}

export function pinsOf(document: GraphDocument | null): readonly number[] {
  return document ? (usePins.getState().places[pinKey(document)] ?? []) : [];
}

/** Pins a validation sample of a drawing or takes its pin; the run that is shown follows where it is of the same samples. */
export function pin(document: GraphDocument, place: number, on: boolean): void {
  const key = pinKey(document);
  usePins.setState(({ places }) => {
    const { [key]: own = [], ...others } = places;
    const rest = own.filter((other) => other !== place);
    const next = on ? [...rest, place].slice(-MOST_PINS) : rest;
    // The data used last come last; the oldest are forgotten.
    return { places: Object.fromEntries([...Object.entries(others), [key, next]].slice(-MOST_KEYS)) };
  });
  const trained = useRun.getState().document;
  if (!trained || pinKey(trained) !== key) return;
  // Earlier frames know nothing of it.
  goLive();
  void watchPins();
}

/** Tells the engine what the run that is shown is to show. */
export async function watchPins(): Promise<void> {
  const { view, document } = useRun.getState();
  if (!view || view.runId === '' || !document) return;
  try {
    const { runId } = view;
    const { watched } = await call('run.watch', { runId, places: [...pinsOf(document)] });
    takeWatched(runId, watched);
  } catch (error) {
    tell(messageOf(error));
  }
}
