import { z } from 'zod';
import { documentText, parseDocument } from '../../shared/document/document-text';
import { MODEL_STAMP } from '../../shared/ipc/model-schemas';
import { findModelAgain } from '../models/opened-model-store';
import { isDirty, openDocument, useDocument } from '../state/document-store';

const KEY = 'hourglass.open';

const openSchema = z.object({
  text: z.string(),
  file: z.object({ path: z.string(), hash: z.string() }).nullable(),
});

/** Keeps what is open for this window's own reload; unsaved changes are the draft's business. Returns what ends it. */
export function keepOpen(): () => void {
  const store = () => {
    const state = useDocument.getState();
    // Where nothing has been opened yet, nothing is to be opened again.
    const isNew = state.opened === 0 && state.history.past.length === 0 && state.file === null;
    if (isNew || isDirty(state)) window.sessionStorage.removeItem(KEY);
    else {
      const kept = { text: documentText(state.history.present), file: state.file };
      window.sessionStorage.setItem(KEY, JSON.stringify(kept));
    }
  };
  window.addEventListener('pagehide', store);
  return () => window.removeEventListener('pagehide', store);
}

/** Opens what was open before the reload. */
export function openAgain(): void {
  const kept = window.sessionStorage.getItem(KEY);
  if (kept === null) return;
  window.sessionStorage.removeItem(KEY);
  try {
    const { text, file } = openSchema.parse(JSON.parse(kept));
    openDocument(parseDocument(text), file);
    if (file?.hash.startsWith(MODEL_STAMP)) void findModelAgain(file);
  } catch (error) {
    console.warn('What was open before the reload can’t be read.', error);
  }
}
