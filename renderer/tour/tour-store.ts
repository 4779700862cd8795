import { create } from 'zustand';
import { type DockTab, showTab, useLayout } from '../app/layout-store';
import { hideStart } from '../start/start-store';

interface TourState {
  /** From 0; null while there is no tour. */
  readonly step: number | null;
  /** The tab that was shown before, to be shown again. */
  readonly tabBefore: DockTab | null;
}

/** Where the tour through the window is. */
export const useTour = create<TourState>()(() => ({ step: null, tabBefore: null }));

/** Begins the tour anew, over the drawing as it is, with every panel in sight. */
export function startTour(): void {
  hideStart();
  const { tab } = useLayout.getState();
  useLayout.setState({ open: { palette: true, inspector: true, dock: true } });
  useTour.setState({ step: 0, tabBefore: tab });
}

export function goToStep(step: number): void {
  useTour.setState({ step });
}

/** Ends it, whichever step it is at. */
export function endTour(): void {
  const { tabBefore } = useTour.getState();
  useTour.setState({ step: null, tabBefore: null });
  if (tabBefore) showTab(tabBefore);
}
