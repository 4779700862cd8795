import { create } from 'zustand';

/** Whether the dialog that tells of this app is open. */
export const useAbout = create<{ readonly open: boolean }>()(() => ({ open: false }));

export function showAbout(): void {
  useAbout.setState({ open: true });
}

export function hideAbout(): void {
  useAbout.setState({ open: false });
}
