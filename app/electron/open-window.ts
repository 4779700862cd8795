import { BrowserWindow, screen } from 'electron';
import { PAGE } from './page-address';
import { beside, readPlace, visiblePlace, type WindowPlace, writePlace } from './window-place';

export interface WindowOptions {
  /** The built `preload.cjs`. */
  readonly preload: string;
  /** Where the window's place is kept. */
  readonly placeFile: string;
}

const USUAL = { width: 1280, height: 800 };
/** Milliseconds after the last move or change of size before the place is kept. */
const SETTLED = 500;

/**
 * Opens a window where the last one was, or beside another that is open; it shows itself when there is something to
 * see.
 */
export function openWindow(
  { preload, placeFile }: WindowOptions,
  other: BrowserWindow | null,
): BrowserWindow {
  const kept = other ? beside(placeOf(other)) : readPlace(placeFile);
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const place = kept && visiblePlace(kept, areas);
  const window = new BrowserWindow({
    ...USUAL,
    ...(place && { x: place.x, y: place.y, width: place.width, height: place.height }),
    minWidth: 720,
    minHeight: 480,
    title: 'Hourglass',
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      // It would fetch dictionaries from elsewhere.
      spellcheck: false,
      // A run is followed in a window that is behind others, too.
      backgroundThrottling: false,
    },
  });
  if (place?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  keepPlace(window, placeFile);
  void window.loadURL(PAGE);
  return window;
}

function placeOf(window: BrowserWindow): WindowPlace {
  return { ...window.getNormalBounds(), maximized: window.isMaximized() };
}

function keepPlace(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined;
  const keep = () => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized()) return;
    void writePlace(file, placeOf(window));
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, SETTLED);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('maximize', soon);
  window.on('unmaximize', soon);
  window.on('close', keep);
}
