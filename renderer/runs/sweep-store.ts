import { create } from 'zustand';
import { codeSizeOf, withCodeSize } from '../../shared/document/edits';
import type { GraphDocument } from '../../shared/document/graph-document';
import type { KeptRun, StreamEvent } from '../../shared/ipc/contract';
import { baseFolder } from '../files/base-folder';
import { isOver } from '../run/run-record';
import { followRun, useRun } from '../run/run-store';
import { currentDocument, edit } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { call, follow } from '../state/session-store';
import { t } from '../strings/strings';

type Sweep = NonNullable<StreamEvent<'host.sweep'>['sweep']>;

interface SweepState {
  /** The sweep going on or the last one of this start of the app. */
  readonly sweep: Sweep | null;
  /** The drawing it varies, where this window began it. */
  readonly document: GraphDocument | null;
  readonly isStarting: boolean;
  /** As they are typed. */
  readonly sizes: string;
  readonly epochs: number;
  /** The sweep that is shown; null: the newest. */
  readonly shown: string | null;
}

export const useSweep = create<SweepState>()(() => ({
  sweep: null,
  document: null,
  isStarting: false,
  sizes: '2, 4, 8, 16, 32',
  epochs: 5,
  shown: null,
}));

/** Follows the host's sweep: each of its runs is shown as one that was begun here. */
export async function followSweep(signal: AbortSignal): Promise<void> {
  await follow(
    'host.sweep',
    {},
    ({ sweep }) => {
      const before = useSweep.getState().sweep;
      useSweep.setState({ sweep });
      if (!sweep) return;
      const { current } = sweep;
      if (current && useRun.getState().view?.runId !== current.runId) {
        const { document } = useSweep.getState();
        const drawing = document && withCodeSize(document, current.size);
        void followRun(current.runId, drawing);
      }
      const hasEnded =
        before?.sweepId === sweep.sweepId && before.state === 'running' && sweep.state !== 'running';
      if (hasEnded && sweep.failure) tell(sweep.failure);
    },
    signal,
  );
}

const MOST_SIZES = 12;

/** The sizes that were typed, smallest first; null where they are not 2 to 12 whole numbers from 1. */
export function sizesOf(text: string): number[] | null {
  const words = text.split(/[\s,;]+/).filter(Boolean);
  const sizes = [...new Set(words.map(Number))].sort((a, b) => a - b);
  const isGood = sizes.every((size) => Number.isInteger(size) && size >= 1 && size <= 100_000);
  return isGood && sizes.length >= 2 && sizes.length <= MOST_SIZES ? sizes : null;
}

/** Trains the drawing as it is now with one code size after the other. */
export async function startSweep(): Promise<void> {
  const sizes = sizesOf(useSweep.getState().sizes);
  if (!sizes) return;
  const { epochs } = useSweep.getState();
  const drawing = currentDocument();
  const document = { ...drawing, training: { ...drawing.training, epochs } };
  useSweep.setState({ isStarting: true, document });
  try {
    const { sweepId } = await call('sweep.start', {
      document: { ...document },
      baseFolder: baseFolder(),
      sizes,
      epochs,
    });
    useSweep.setState({ shown: sweepId });
  } catch (error) {
    tell(messageOf(error));
  } finally {
    useSweep.setState({ isStarting: false });
  }
}

export async function stopSweep(): Promise<void> {
  try {
    await call('sweep.stop', {});
  } catch (error) {
    tell(messageOf(error));
  }
}

/** Whether a run goes on that is none of a sweep's. */
export function useOtherRun(): boolean {
  const view = useRun((state) => state.view);
  const sweep = useSweep((state) => state.sweep);
  return view !== null && !isOver(view.phase) && sweep?.state !== 'running';
}

/** Gives the drawing's code this size, as one step of undo. */
export function takeSize(size: number): void {
  if (codeSizeOf(currentDocument()) === size) {
    tell({ severity: 'info', message: t('sweeps.sameSize', { size }) });
    return;
  }
  if (edit((document) => withCodeSize(document, size)))
    tell({ severity: 'info', message: t('sweeps.taken', { size }), hint: t('runs.wentBackHint') });
}

/** What a run of a sweep is measured by: samples held out, or else the test set. */
export function sweepErrors({ mse }: Pick<KeptRun, 'mse'>): { own: number | null; pca: number | null } {
  return mse.validation !== null
    ? { own: mse.validation, pca: mse.pcaValidation }
    : { own: mse.test, pca: mse.pcaTest };
}

/** The kept runs of each sweep, the newest sweep first, by size. */
export function sweepsIn(
  runs: readonly KeptRun[],
): { readonly id: string; readonly runs: readonly KeptRun[] }[] {
  const sweeps = new Map<string, KeptRun[]>();
  for (const run of runs) if (run.sweep) sweeps.set(run.sweep.id, [...(sweeps.get(run.sweep.id) ?? []), run]);
  return [...sweeps].map(([id, own]) => ({
    id,
    runs: own.sort((a, b) => (a.sweep?.size ?? 0) - (b.sweep?.size ?? 0)),
  }));
}
