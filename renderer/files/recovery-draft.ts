import { z } from 'zod';
import { documentText, parseDocument } from '../../shared/document/document-text';
import { isDirty, openDocument, useDocument } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { askToChoose } from './file-dialogs';

const KEY = 'hourglass.draft';
const DELAY_MS = 1000;

/** Whether there is a draft of which the user has not said yet what is to become. */
let unanswered = false;

const draftSchema = z.object({
  text: z.string(),
  when: z.number(),
  file: z.object({ path: z.string(), hash: z.string() }).nullable(),
});

/** Keeps unsaved changes aside, at most a second old, apart from the user's file. Returns what ends it. */
export function keepDraft(): () => void {
  let timer: number | null = null;
  const store = () => {
    timer = null;
    const state = useDocument.getState();
    if (!isDirty(state)) {
      if (!unanswered) forgetDraft();
      return;
    }
    const draft = { text: documentText(state.history.present), when: Date.now(), file: state.file };
    try {
      window.localStorage.setItem(KEY, JSON.stringify(draft));
    } catch (error) {
      tell({
        ...messageOf(error),
        message: 'Unsaved changes can’t be kept aside; save often.',
        severity: 'warning',
      });
    }
  };
  const end = useDocument.subscribe((next, before) => {
    if (next.history.present === before.history.present && next.saved === before.saved) return;
    timer ??= window.setTimeout(store, DELAY_MS);
  });
  window.addEventListener('pagehide', store);
  return () => {
    end();
    window.removeEventListener('pagehide', store);
    if (timer !== null) window.clearTimeout(timer);
  };
}

export function forgetDraft(): void {
  unanswered = false;
  window.localStorage.removeItem(KEY);
}

/** Offers changes that an earlier window left unsaved. */
export async function offerDraft(): Promise<void> {
  const stored = window.localStorage.getItem(KEY);
  if (stored === null) return;
  unanswered = true;
  try {
    const { text, when, file } = draftSchema.parse(JSON.parse(stored));
    const document = parseDocument(text);
    const answer = await askToChoose({
      title: 'Recover unsaved changes?',
      text: `“${document.name}” had changes that were not saved${file ? ` to ${file.path}` : ''}. They are from ${new Date(when).toLocaleString()}.`,
      choices: [
        { value: 'discard', label: 'Throw them away', kind: 'danger' },
        { value: 'recover', label: 'Recover', kind: 'main' },
      ],
    });
    if (answer === 'recover') {
      unanswered = false;
      openDocument(document, file, false);
    }
    if (answer === 'discard') forgetDraft();
  } catch (error) {
    // A draft that can't be read is of no use to anyone.
    forgetDraft();
    tell({ ...messageOf(error), severity: 'warning' });
  }
}
