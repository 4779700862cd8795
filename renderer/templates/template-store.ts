import { create } from 'zustand';

/** Whether the gallery of templates is open. */
export const useTemplates = create<{ readonly open: boolean }>()(() => ({ open: false }));

export function showTemplates(): void {
  useTemplates.setState({ open: true });
}

export function hideTemplates(): void {
  useTemplates.setState({ open: false });
}
