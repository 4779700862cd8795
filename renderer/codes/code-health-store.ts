import { useMemo } from 'react';
import { isOver } from '../run/run-record';
import { useRun } from '../run/run-store';
import { useDocument } from '../state/document-store';
import { type CodeHealth, codeBlockOf, codeHealth } from './code-health';
import { followCodes, useCodes } from './code-store';

/** Fetches the codes of each run that has ended, so that they are there when they are looked at. Returns what ends it. */
export function keepCodesOfEndedRuns(): () => void {
  let release = () => {};
  let ended = '';
  const stop = useRun.subscribe(({ view }) => {
    if (!view || view.runId === '' || view.runId === ended || !isOver(view.phase) || view.step === 0) return;
    ended = view.runId;
    release();
    release = followCodes(view.runId);
  });
  return () => {
    stop();
    release();
  };
}

/** How far each value of a variational code diverges from the standard normal, as the run told last; null of other codes. */
export function divergenceOf({ view }: ReturnType<typeof useRun.getState>): readonly number[] | null {
  return view?.final?.validation?.divergence ?? view?.epochs.at(-1)?.validation?.divergence ?? null;
}

/** What the last run says of the code of the drawing, as long as that is the same block still; null where nothing. */
export function useCodeHealth(): CodeHealth | null {
  const cloud = useCodes((state) => state.cloud);
  const isLast = useCodes((state) => state.isLast);
  const runId = useRun((state) => state.view?.runId);
  const trained = useRun((state) => state.document);
  const drawn = useDocument((state) => state.history.present);
  const divergence = useRun(divergenceOf);
  const isOfRun = isLast && cloud !== null && cloud.runId === runId;
  const health = useMemo(
    () => (isOfRun ? codeHealth(cloud.deviation, divergence) : null),
    [isOfRun, cloud, divergence],
  );
  return trained && codeBlockOf(trained) === codeBlockOf(drawn) ? health : null;
}
