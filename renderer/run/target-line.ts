import { useEffect } from 'react';
import { create } from 'zustand';
import type { GraphDocument } from '../../shared/document/graph-document';
import { Cancelled } from '../../shared/errors/problem';
import type { CallResult } from '../../shared/ipc/contract';
import { useData } from '../data/data-store';
import { baseFolder } from '../files/base-folder';
import { useDocument } from '../state/document-store';
import { shownDrawing } from '../state/drawing';
import { call } from '../state/session-store';
import { isOver } from './run-record';
import { useRun } from './run-store';

/** The line to beat, and how many steps a run will take. */
export type TargetLine = CallResult<'run.target'>;

interface Target {
  /** What it was asked for, by `keyOf`. */
  readonly key: string | null;
  readonly target: TargetLine | null;
}

const useTarget = create<Target>()(() => ({ key: null, target: null }));
let asking: { readonly key: string; readonly controller: AbortController } | null = null;

/** While the drawing is still being changed, nothing is asked for. */
const WAIT_MS = 700;

/**
 * The line that a run of this drawing is to beat, or the one that goes on, found in the background where a panel shows it; null while it
 * is not known, while the drawing can't be trained, and where there is none.
 */
export function useTargetLine(): TargetLine | null {
  const drawing = useDocument((state) => state.history.present);
  const isLoaded = useData(({ dataset, loading }) => dataset !== null && loading === null);
  const goesOn = useRun(({ view }) => view !== null && !isOver(view.phase));
  const trained = useRun((state) => state.document);
  const document = (goesOn && trained) || drawing;
  const key = isLoaded ? keyOf(document) : null;
  const found = useTarget();
  useEffect(() => {
    // A run finds its line itself.
    if (key === null || goesOn || useTarget.getState().key === key) return;
    const timer = setTimeout(() => void find(key, document), WAIT_MS);
    return () => clearTimeout(timer);
  }, [key, goesOn, document]);
  useEffect(() => {
    if (goesOn || key === null || asking?.key !== key) callOff();
  }, [key, goesOn]);
  return key !== null && found.key === key ? found.target : null;
}

async function find(key: string, document: GraphDocument): Promise<void> {
  if (asking?.key === key) return;
  callOff();
  const mine = { key, controller: new AbortController() };
  asking = mine;
  try {
    const params = { document: { ...document }, baseFolder: baseFolder() };
    const target = await call('run.target', params, mine.controller.signal);
    if (asking === mine) useTarget.setState({ key, target });
  } catch (error) {
    // What keeps it from being found keeps the drawing from being trained, which says so.
    if (asking === mine && !(error instanceof Cancelled)) useTarget.setState({ key, target: null });
  } finally {
    if (asking === mine) asking = null;
  }
}

/** At once: what is asked for again need not wait for the answer to this. */
function callOff(): void {
  asking?.controller.abort();
  asking = null;
}

const keys = new WeakMap<GraphDocument, { readonly key: string | null }>();

/** All of a drawing that its line depends on; null where it can't be trained. */
function keyOf(document: GraphDocument): string | null {
  const known = keys.get(document);
  if (known) return known.key;
  const { problems, codeShape } = shownDrawing(document);
  const isTrainable = codeShape !== null && problems.every(({ severity }) => severity !== 'error');
  const { data, task, output, training, blocks } = document;
  const { validationShare, seed, batchSize, epochs } = training;
  // What corrupts the samples corrupts them for PCA as well.
  const corrupting = blocks.filter(({ type }) => type.startsWith('corrupt'));
  const settings = { validationShare, seed, batchSize, epochs };
  const key = isTrainable ? JSON.stringify({ data, task, output, settings, corrupting, codeShape }) : null;
  keys.set(document, { key });
  return key;
}
