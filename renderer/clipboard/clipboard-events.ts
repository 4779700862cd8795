import { copiedText, pasteText, removeCopied } from './clipboard-commands';

/** Whether the last paste was asked for with Shift: the event itself does not tell. */
let wired = false;

/**
 * Answers the browser's own events of copying, cutting and pasting, which come with the clipboard's text and need no
 * permission. Fields, dialogs and text that is marked elsewhere keep their own. Returns what ends it.
 */
export function takeClipboardEvents(): () => void {
  const onKey = (event: KeyboardEvent) => {
    wired = event.shiftKey;
  };
  const onCopy = (event: ClipboardEvent) => put(event, false);
  const onCut = (event: ClipboardEvent) => put(event, true);
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (isOthers(event) || text === '') return;
    event.preventDefault();
    void pasteText(text, wired);
  };
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('keyup', onKey, true);
  document.addEventListener('copy', onCopy);
  document.addEventListener('cut', onCut);
  document.addEventListener('paste', onPaste);
  return () => {
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('keyup', onKey, true);
    document.removeEventListener('copy', onCopy);
    document.removeEventListener('cut', onCut);
    document.removeEventListener('paste', onPaste);
  };
}

function put(event: ClipboardEvent, cut: boolean): void {
  if (isOthers(event) || isTextMarked()) return;
  const text = copiedText();
  if (text === null) return;
  event.preventDefault();
  event.clipboardData?.setData('text/plain', text);
  if (cut) removeCopied();
}

/** A field in which text is being edited, and whatever is in a dialog, have the clipboard for themselves. */
function isOthers({ target, defaultPrevented }: ClipboardEvent): boolean {
  const element = target instanceof Element ? target : null;
  const field = element?.closest('input, textarea, select, [contenteditable="true"]') ?? null;
  const editing = field !== null && !field.matches('[type="checkbox"], [readonly]');
  return defaultPrevented || editing || document.querySelector('[role="dialog"]') !== null;
}

/** Text marked outside the drawing, such as a number of the run panel, is what is meant then. */
function isTextMarked(): boolean {
  const marked = getSelection();
  const inDrawing = document.activeElement?.closest('main') ?? null;
  return marked !== null && !marked.isCollapsed && inDrawing === null;
}
