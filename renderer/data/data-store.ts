import { create } from 'zustand';
import { setData } from '../../shared/document/edits';
import type { DataReference, GraphDocument } from '../../shared/document/graph-document';
import { Cancelled } from '../../shared/errors/problem';
import type { DatasetSummary, StreamEvent } from '../../shared/ipc/contract';
import { sameShape } from '../../shared/tensors/shape';
import { baseFolder } from '../files/base-folder';
import { currentDocument, edit, useDocument } from '../state/document-store';
import { type Message, messageOf, tell } from '../state/messages';
import { follow, useSession } from '../state/session-store';

type Progress = Extract<StreamEvent<'data.load'>, { kind: 'progress' }>;

interface DataState {
  readonly loading: { readonly reference: DataReference; readonly progress: Progress | null } | null;
  readonly dataset: DatasetSummary | null;
  readonly failure: Message | null;
  /** What `dataset` was loaded from, to tell whether the document now means other data. */
  readonly loadedKey: string | null;
}

export const useData = create<DataState>()(() => ({
  loading: null,
  dataset: null,
  failure: null,
  loadedKey: null,
}));

let current: AbortController | null = null;

/** Everything that decides which samples there are and how they are split. The shape follows from the rest. */
function keyOf({ data, training }: GraphDocument): string {
  const { shape: _, fingerprint: __, ...reference } = data;
  return JSON.stringify([reference, training.validationShare, training.seed, baseFolder()]);
}

/**
 * Loads a set. `chosen`: the user picked it, so the document takes it over, as one edit, once it has been read; a set
 * that can't be read changes nothing.
 */
async function load(reference: DataReference, chosen: boolean): Promise<void> {
  current?.abort();
  const mine = new AbortController();
  current = mine;
  const document = currentDocument();
  const key = keyOf({ ...document, data: reference });
  useData.setState({ loading: { reference, progress: null }, failure: null });
  try {
    const { validationShare, seed } = document.training;
    const params = { reference: { ...reference }, baseFolder: baseFolder(), validationShare, seed };
    await follow(
      'data.load',
      params,
      (event) => {
        if (current !== mine) return;
        if (event.kind === 'progress') useData.setState({ loading: { reference, progress: event } });
        else arrive(event.dataset, reference, key, chosen);
      },
      mine.signal,
    );
    if (current === mine) useData.setState({ loading: null });
  } catch (error) {
    if (current !== mine) return;
    const failure = error instanceof Cancelled ? null : messageOf(error);
    // A set that was only tried leaves the one in use as it is.
    if (chosen && useData.getState().dataset) {
      useData.setState({ loading: null });
      if (failure) tell(failure);
    } else useData.setState({ loading: null, failure, dataset: null, loadedKey: key });
  }
}

function arrive(dataset: DatasetSummary, reference: DataReference, key: string, chosen: boolean): void {
  useData.setState({ dataset, loadedKey: key, failure: null });
  const { shape, fingerprint } = dataset;
  if (chosen) {
    edit((document) => setData(document, { ...reference, shape, fingerprint }));
  } else if (!sameShape(currentDocument().data.shape, shape)) {
    edit((document) => setData(document, { ...document.data, shape, fingerprint }));
    tell({
      severity: 'warning',
      message: `The data now have the shape ${shape.join('×')}.`,
      hint: 'The drawing follows them; undo brings the old shape back.',
    });
  }
}

/** Loads a set the user chose, and puts it into the document. */
export function chooseData(reference: DataReference): void {
  void load(reference, true);
}

export function cancelLoading(): void {
  current?.abort();
  current = null;
  useData.setState({ loading: null });
}

/** Loads the document's own data again, after a failure or with broken pictures left out. */
export function reloadData(): void {
  void load(currentDocument().data, false);
}

/** Keeps the loaded set in step with the document and the engine. Returns what ends it. */
export function keepDataLoaded(): () => void {
  let timer: number | null = null;
  const check = () => {
    timer = null;
    if (useSession.getState().engine.state !== 'up') return;
    const { loading, loadedKey } = useData.getState();
    if (loading || loadedKey === keyOf(currentDocument())) return;
    reloadData();
  };
  // Undo and redo pass through many documents; only the one they rest on is loaded.
  const checkSoon = () => {
    if (timer !== null) window.clearTimeout(timer);
    timer = window.setTimeout(check, 120);
  };
  const ends = [
    useDocument.subscribe((next, before) => {
      if (next.history.present !== before.history.present || next.file !== before.file) checkSoon();
    }),
    useSession.subscribe((next, before) => {
      if (next.engine.generation !== before.engine.generation)
        useData.setState({ loadedKey: null, loading: null });
      if (next.engine !== before.engine) checkSoon();
    }),
    useData.subscribe((next, before) => {
      if (before.loading && !next.loading) checkSoon();
    }),
  ];
  checkSoon();
  return () => {
    for (const end of ends) end();
    if (timer !== null) window.clearTimeout(timer);
  };
}
