import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Panel = 'palette' | 'inspector' | 'dock';
export type DockTab = 'run' | 'runs' | 'errors' | 'layers' | 'code' | 'data' | 'problems';

interface Layout {
  readonly open: Readonly<Record<Panel, boolean>>;
  /** Pixels: width of palette and inspector, height of the dock. */
  readonly size: Readonly<Record<Panel, number>>;
  readonly tab: DockTab;
}

export const PANEL_LIMITS: Readonly<Record<Panel, readonly [least: number, most: number]>> = {
  palette: [136, 320],
  inspector: [220, 460],
  dock: [150, 620],
};

/** Which panels are open and how large; kept for this user on this machine. */
export const useLayout = create<Layout>()(
  persist(
    (): Layout => ({
      open: { palette: true, inspector: true, dock: true },
      size: { palette: 156, inspector: 272, dock: 268 },
      tab: 'run',
    }),
    { name: 'hourglass.layout', version: 1 },
  ),
);

export function togglePanel(panel: Panel): void {
  useLayout.setState(({ open }) => ({ open: { ...open, [panel]: !open[panel] } }));
}

export function resizePanel(panel: Panel, size: number): void {
  const [least, most] = PANEL_LIMITS[panel];
  const next = Math.round(Math.min(most, Math.max(least, size)));
  useLayout.setState(({ size: sizes }) => ({ size: { ...sizes, [panel]: next } }));
}

export function showTab(tab: DockTab): void {
  useLayout.setState(({ open }) => ({ tab, open: { ...open, dock: true } }));
}
