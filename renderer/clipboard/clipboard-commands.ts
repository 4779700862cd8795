import {
  type Clipping,
  clippingOf,
  clippingText,
  notCopied,
  type Pasted,
  readClipboard,
} from '../../shared/document/clipping';
import { pasteClipping, pastedIds, removeNodes } from '../../shared/document/edits';
import { isDrawingLink } from '../../shared/sharing/drawing-link';
import { mayLeave } from '../files/file-actions';
import { askToChoose } from '../files/file-dialogs';
import { openLink } from '../share/incoming-links';
import { currentDocument, edit, openDocument, select } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { selectedNodes } from '../state/selected-nodes';
import { t } from '../strings/strings';

/** Copying and pasting blocks, whoever asks for it: the browser's own events, a menu, or a key. */

/** What is selected, as the clipboard holds it; what cannot be copied is said. Null where nothing can. */
export function copiedText(): string | null {
  const clipping = copied();
  return clipping && clippingText(clipping);
}

function copied(): Clipping | null {
  const nodeIds = selectedNodes();
  const refused = notCopied(currentDocument(), nodeIds);
  if (refused) tell(refused);
  const clipping = clippingOf(currentDocument(), nodeIds);
  return clipping.part.blocks.length > 0 || clipping.part.notes ? clipping : null;
}

/** Deletes what `copiedText` has copied, as one step; the chain closes over it. */
export function removeCopied(): void {
  const { part } = clippingOf(currentDocument(), selectedNodes());
  const ids = [...part.blocks, ...(part.notes ?? [])].map(({ id }) => id);
  if (edit((document) => removeNodes(document, ids))) select([]);
}

/** Pastes what a clipboard's text holds, or says why not. A whole drawing may be opened instead, and the one of a link is. */
export async function pasteText(text: string, wired: boolean): Promise<void> {
  if (isDrawingLink(text)) {
    await openLink(text);
    return;
  }
  let pasted: Pasted;
  try {
    pasted = readClipboard(text);
  } catch (error) {
    tell(messageOf(error));
    return;
  }
  if (pasted.kind === 'blocks') {
    paste(pasted.clipping, wired);
    return;
  }
  const { document } = pasted;
  const clipping = clippingOf(
    document,
    [...document.blocks, ...(document.notes ?? [])].map(({ id }) => id),
  );
  const count = clipping.part.blocks.length;
  const answer = await askToChoose({
    title: t('clipboard.document'),
    text: t('clipboard.documentText', { name: document.name }),
    choices: [
      { value: 'cancel', label: t('clipboard.cancel') },
      ...(count > 0 ? [{ value: 'paste', label: t('clipboard.pasteBlocks', { count }) }] : []),
      { value: 'open', label: t('clipboard.open'), kind: 'main' },
    ],
  });
  if (answer === 'paste') paste(clipping, wired);
  if (answer === 'open' && (await mayLeave())) openDocument(document, null);
}

function paste(clipping: Clipping, wired: boolean): void {
  const ids = pastedIds(currentDocument(), clipping);
  if (edit((document) => pasteClipping(document, clipping, wired))) select([...ids.values()]);
}

/** Pastes a copy of what is selected, past the clipboard. */
export function duplicateSelection(): void {
  const clipping = copied();
  if (clipping) paste(clipping, false);
}

export function copyByMenu(): void {
  document.execCommand('copy');
}

export function cutByMenu(): void {
  document.execCommand('cut');
}

/** A page may read the clipboard unasked only when its key was pressed; by a menu the browser asks the user first. */
export async function pasteByMenu(wired: boolean): Promise<void> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    const keys = wired ? 'Ctrl+Shift+V' : 'Ctrl+V';
    tell({
      severity: 'warning',
      message: t('clipboard.cannotRead'),
      hint: t('clipboard.cannotReadHint', { keys }),
    });
    return;
  }
  await pasteText(text, wired);
}
