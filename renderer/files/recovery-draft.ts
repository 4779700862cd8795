import { documentText, parseDocument } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { draftSchema } from '../../shared/ipc/draft-schema';
import { MODEL_STAMP } from '../../shared/ipc/model-schemas';
import { findModelAgain } from '../models/opened-model-store';
import { isDirty, openDocument, useDocument } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import { askToChoose } from './file-dialogs';

type Draft = ReturnType<typeof draftSchema.parse>;

const KEY = 'hourglass.draft';
const ID_KEY = 'hourglass.window';
const DELAY_MS = 1000;

/** Drafts of which the user has not said yet what is to become. */
const unanswered = new Set<string>();
/** The drawing that was left unsaved on purpose when the window was to close. */
let givenUp: GraphDocument | null = null;
/** Whether the user has been told that drafts can't be kept. */
let complained = false;
let id: Promise<string> | null = null;

/**
 * This window's id, the same after a reload, held by a lock while the window lives: so that other windows of the app
 * know whose drafts have nobody left. A duplicated tab begins with the other's id; the lock tells.
 */
function windowId(): Promise<string> {
  id ??= claim(window.sessionStorage.getItem(ID_KEY) ?? crypto.randomUUID());
  return id;
}

async function claim(wanted: string): Promise<string> {
  const held = await new Promise<boolean>((resolve) => {
    void navigator.locks.request(lockOf(wanted), { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      // Held until the window closes.
      return lock ? new Promise(() => {}) : undefined;
    });
  });
  if (!held) return claim(crypto.randomUUID());
  window.sessionStorage.setItem(ID_KEY, wanted);
  return wanted;
}

function lockOf(windowOf: string): string {
  return `hourglass.window.${windowOf}`;
}

/** Keeps unsaved changes aside with the host, at most two seconds old, apart from the user's file. Returns what ends it. */
export function keepDraft(): () => void {
  let timer: number | null = null;
  const store = () => {
    timer = null;
    void storeNow();
  };
  const end = useDocument.subscribe((next, before) => {
    if (next.history.present === before.history.present && next.saved === before.saved) return;
    timer ??= window.setTimeout(store, DELAY_MS);
  });
  // What is sent to the host while the page goes may not arrive; the page's own reload finds it here.
  const onHide = () => {
    const draft = presentDraft('');
    if (draft) window.sessionStorage.setItem(KEY, JSON.stringify({ ...draft, id: crypto.randomUUID() }));
  };
  window.addEventListener('pagehide', onHide);
  return () => {
    end();
    window.removeEventListener('pagehide', onHide);
    if (timer !== null) window.clearTimeout(timer);
  };
}

function presentDraft(ownId: string): Draft | null {
  const state = useDocument.getState();
  if (!isDirty(state) || state.history.present === givenUp) return null;
  return { id: ownId, text: documentText(state.history.present), when: Date.now(), file: state.file };
}

async function storeNow(): Promise<void> {
  const own = await windowId();
  const draft = presentDraft(own);
  try {
    if (draft) await call('drafts.keep', draft);
    else if (!unanswered.has(own)) await call('drafts.forget', { id: own });
  } catch (error) {
    if (complained) return;
    complained = true;
    tell({
      ...messageOf(error),
      message: t('files.noDrafts'),
      severity: 'warning',
    });
  }
}

/** Throws away what was kept aside of this window's drawing: it is saved, or given up. */
export function forgetDraft(): void {
  window.sessionStorage.removeItem(KEY);
  void windowId()
    .then((own) => call('drafts.forget', { id: own }))
    .catch(() => {
      // The host is gone; should it come back, an older draft is offered once more, which loses nothing.
    });
}

/** The last word before this window closes: what is not saved now was given up. */
export async function closeDraft(): Promise<void> {
  givenUp = useDocument.getState().history.present;
  window.sessionStorage.removeItem(KEY);
  await storeNow();
}

/** Offers the changes that this window (before its reload) or windows that are gone left unsaved, newest first. */
export async function offerDraft(): Promise<void> {
  try {
    for (const draft of await leftDrafts()) if (await offer(draft)) return;
  } catch (error) {
    tell({ ...messageOf(error), severity: 'warning' });
  }
}

async function leftDrafts(): Promise<readonly Draft[]> {
  const own = await windowId();
  const reloaded = draftBeforeReload();
  const { drafts } = await call('drafts.list', {});
  const { held = [] } = await navigator.locks.query();
  const living = new Set(held.map(({ name }) => name));
  const left = drafts.filter((draft) => draft.id === own || !living.has(lockOf(draft.id)));
  // Of this window's two, the one from the moment of the reload is the newer.
  return reloaded ? [{ ...reloaded, id: own }, ...left.filter((draft) => draft.id !== own)] : left;
}

/** Whether this window was reloaded with changes that it will offer again. */
export function hasOwnDraft(): boolean {
  return window.sessionStorage.getItem(KEY) !== null;
}

function draftBeforeReload(): Draft | null {
  const stored = window.sessionStorage.getItem(KEY);
  if (stored === null) return null;
  try {
    return draftSchema.parse(JSON.parse(stored));
  } catch (error) {
    console.warn('The changes before the reload can’t be read.', error);
    window.sessionStorage.removeItem(KEY);
    return null;
  }
}

/** @returns whether it was recovered */
async function offer(draft: Draft): Promise<boolean> {
  const { id: draftId, text, when, file } = draft;
  unanswered.add(draftId);
  const own = await windowId();
  const forget = async () => {
    unanswered.delete(draftId);
    if (draftId === own) forgetDraft();
    else await call('drafts.forget', { id: draftId });
  };
  try {
    const document = parseDocument(text);
    const answer = await askToChoose({
      title: t('files.recoverTitle'),
      text: t(file ? 'files.recoverTextOfFile' : 'files.recoverText', {
        name: document.name,
        path: file?.path ?? '',
        when: new Date(when).toLocaleString(),
      }),
      choices: [
        { value: 'discard', label: t('files.throwAway'), kind: 'danger' },
        { value: 'recover', label: t('files.recover'), kind: 'main' },
      ],
    });
    if (answer === 'discard') await forget();
    else if (answer !== 'recover' && draftId === own) {
      // Put off: under an id of its own, so that what is drawn next does not take its place.
      await call('drafts.keep', { ...draft, id: crypto.randomUUID() });
      await forget();
    }
    if (answer !== 'recover') return false;
    openDocument(document, file, false);
    if (file?.hash.startsWith(MODEL_STAMP)) void findModelAgain(file);
    unanswered.delete(draftId);
    window.sessionStorage.removeItem(KEY);
    // Kept as this window's before the other's is thrown away.
    await storeNow();
    if (draftId !== own) await forget();
    return true;
  } catch (error) {
    // A draft that can't be read is of no use to anyone.
    await forget();
    tell({ ...messageOf(error), severity: 'warning' });
    return false;
  }
}
