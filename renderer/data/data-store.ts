import { create } from 'zustand';
import { setData } from '../../shared/document/edits';
import type { DataReference, GraphDocument } from '../../shared/document/graph-document';
import { Cancelled, ProblemError } from '../../shared/errors/problem';
import type { DatasetSummary, StreamEvent } from '../../shared/ipc/contract';
import { sameShape } from '../../shared/tensors/shape';
import { baseFolder } from '../files/base-folder';
import { nameOf } from '../files/paths';
import { currentDocument, edit, useDocument } from '../state/document-store';
import { type Message, messageOf, tell } from '../state/messages';
import { call, follow, useSession } from '../state/session-store';
import { t } from '../strings/strings';

type Progress = Extract<StreamEvent<'data.load'>, { kind: 'progress' }>;

/** What is to be loaded: a reference, or a path of which nobody has said yet what kind of data lies there. */
type Wanted = DataReference | { readonly kind: 'unknown'; readonly path: string };

/** Why data could not be loaded. */
interface Failure extends Message {
  /** What to try again: as much as was found out of it. */
  readonly wanted: Wanted;
  /** Whether leaving out the pictures that can't be read would help. */
  readonly skippable: boolean;
  /** Whether they were not even looked for: a drawing that was given away says their name. */
  readonly held?: true;
}

interface Loading {
  readonly wanted: Wanted;
  /** Whether the user picked it just now, rather than the document meaning it. */
  readonly chosen: boolean;
  readonly progress: Progress | null;
}

export interface DataState {
  readonly loading: Loading | null;
  readonly dataset: DatasetSummary | null;
  /** Why the document's own data are not there. */
  readonly failure: Failure | null;
  /** Why what the user chose last was not taken over; the data in use before stay. */
  readonly refusal: Failure | null;
  /** What `dataset` was loaded from, to tell whether the document now means other data. */
  readonly loadedKey: string | null;
}

export const useData = create<DataState>()(() => ({
  loading: null,
  dataset: null,
  failure: null,
  refusal: null,
  loadedKey: null,
}));

let current: AbortController | null = null;
/** What a drawing of somebody else's says of its data, as long as its user has not asked for them. */
let held: string | null = null;

/** Everything that decides which samples there are and how they are split. The shape follows from the rest. */
function keyOf({ data, training }: GraphDocument): string {
  const { shape: _, fingerprint: __, ...reference } = data;
  return JSON.stringify([reference, training.validationShare, training.seed, baseFolder()]);
}

/** What the data of a drawing are and where they lie. */
function placeOf({ data }: GraphDocument): string {
  return JSON.stringify([data, baseFolder()]);
}

/** Before a drawing is opened that came from somebody else: its data in files wait until they are asked for. */
export function holdData(document: GraphDocument): void {
  // As a new drawing it is in no folder.
  held = document.data.kind === 'builtin' ? null : JSON.stringify([document.data, null]);
}

/** Says that the data of the drawing wait. */
function showHeld(document: GraphDocument): void {
  const { data } = document;
  if (data.kind === 'builtin') return;
  current?.abort();
  current = null;
  useData.setState({
    loading: null,
    dataset: null,
    loadedKey: keyOf(document),
    failure: {
      severity: 'info',
      message: t('share.held', { name: nameOf(data.path) }),
      hint: t('share.heldHint'),
      wanted: data,
      skippable: false,
      held: true,
    },
  });
}

/**
 * Loads a set. `chosen`: the user picked it, so the document takes it over, as one edit, once it has been read; a set
 * that can't be read changes nothing.
 */
async function load(wanted: Wanted, chosen: boolean): Promise<void> {
  current?.abort();
  const mine = new AbortController();
  current = mine;
  const document = currentDocument();
  const { opened } = useDocument.getState();
  // The drawing's own were asked for.
  if (!chosen) held = null;
  let found = wanted;
  useData.setState({ loading: { wanted, chosen, progress: null }, refusal: null });
  try {
    const reference = wanted.kind === 'unknown' ? await identify(wanted.path, mine.signal) : wanted;
    if (current !== mine) return;
    found = reference;
    const key = keyOf({ ...document, data: reference });
    const { validationShare, seed } = document.training;
    const params = { reference: { ...reference }, baseFolder: baseFolder(), validationShare, seed };
    await follow(
      'data.load',
      params,
      (event) => {
        if (current !== mine) return;
        if (event.kind === 'progress')
          useData.setState({ loading: { wanted: reference, chosen, progress: event } });
        else if (opened === useDocument.getState().opened) arrive(event.dataset, reference, key, chosen);
      },
      mine.signal,
    );
    if (current === mine) useData.setState({ loading: null });
  } catch (error) {
    if (current !== mine) return;
    const failure = error instanceof Cancelled ? null : failureOf(error, found);
    if (chosen) useData.setState({ loading: null, refusal: failure });
    else useData.setState({ loading: null, failure, dataset: null, loadedKey: keyOf(document) });
  }
}

async function identify(path: string, signal: AbortSignal): Promise<DataReference> {
  return (await call('data.identify', { path, baseFolder: baseFolder() }, signal)).reference;
}

function failureOf(error: unknown, wanted: Wanted): Failure {
  const broken =
    error instanceof ProblemError && ['BROKEN_PICTURE', 'PICTURE_TOO_LARGE'].includes(error.problems[0].code);
  return {
    ...messageOf(error),
    wanted,
    skippable: broken && wanted.kind === 'pictures' && !wanted.skipBroken,
  };
}

/** Takes over a set that has been read for the drawing that is still open. */
function arrive(dataset: DatasetSummary, reference: DataReference, key: string, chosen: boolean): void {
  useData.setState({ dataset, loadedKey: key, failure: null });
  const { shape, fingerprint } = dataset;
  if (chosen) {
    edit((document) => setData(document, { ...reference, shape, fingerprint }));
  } else if (key === keyOf(currentDocument()) && !sameShape(currentDocument().data.shape, shape)) {
    edit((document) => setData(document, { ...document.data, shape, fingerprint }));
    tell({
      severity: 'warning',
      message: t('data.shapeChanged', { shape: shape.join('×') }),
      hint: t('data.shapeChangedHint'),
    });
  }
}

/** Loads a set the user chose, and puts it into the document. */
export function chooseData(reference: DataReference): void {
  void load(reference, true);
}

/** Finds out what kind of data lies at a path, loads it, and puts it into the document. */
export function chooseDataAt(path: string): void {
  void load({ kind: 'unknown', path }, true);
}

/** Tries once more what could not be loaded; with `skipBroken`, without the pictures that can't be read. */
export function tryAgain({ wanted }: Failure, skipBroken = false): void {
  const next = skipBroken && wanted.kind === 'pictures' ? { ...wanted, skipBroken } : wanted;
  // Leaving pictures out changes what the document means.
  const chosen = skipBroken || useData.getState().refusal !== null;
  void load(next, chosen);
}

export function dismissRefusal(): void {
  useData.setState({ refusal: null });
}

/** What was chosen is given up; the document's own data stay away until they are asked for again. */
export function cancelLoading(): void {
  const { loading } = useData.getState();
  current?.abort();
  current = null;
  if (!loading || loading.chosen) useData.setState({ loading: null });
  else {
    const failure: Failure = {
      severity: 'info',
      message: t('data.cancelled'),
      wanted: loading.wanted,
      skippable: false,
    };
    useData.setState({ loading: null, failure, dataset: null, loadedKey: keyOf(currentDocument()) });
  }
}

/** Keeps the loaded set in step with the document and the engine. Returns what ends it. */
export function keepDataLoaded(): () => void {
  let timer: number | null = null;
  const check = () => {
    timer = null;
    if (useSession.getState().engine.state !== 'up') return;
    const { loading, loadedKey } = useData.getState();
    if (held !== null && held === placeOf(currentDocument())) {
      if (!loading?.chosen && loadedKey !== keyOf(currentDocument())) showHeld(currentDocument());
      return;
    }
    if (loading || loadedKey === keyOf(currentDocument())) return;
    void load(currentDocument().data, false);
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
