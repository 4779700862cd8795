import { create } from 'zustand';

type DialogName =
  | 'about'
  | 'backups'
  | 'export'
  | 'glossary'
  | 'import'
  | 'save-model'
  | 'settings'
  | 'share'
  | 'shortcuts'
  | 'templates'
  | 'weights';

interface Dialogs {
  /** One at a time. */
  readonly open: DialogName | null;
  /** What the dialog is to show first, as it understands it: a term, a page, a kept run. */
  readonly place: string | null;
}

/** Which of the window's own dialogs is open; questions (`file-dialogs.ts`) are asked over it. */
export const useDialog = create<Dialogs>()(() => ({ open: null, place: null }));

export function openDialog(open: DialogName, place: string | null = null): void {
  useDialog.setState({ open, place });
}

export function closeDialog(): void {
  useDialog.setState({ open: null, place: null });
}

/** Whether anything is open that has to be answered or closed before the window goes on. */
export function isModalOpen(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null;
}
