import { create } from 'zustand';
import { hasOwnDraft } from '../files/recovery-draft';
import { useSettings } from '../settings/settings-store';
import { useDocument } from '../state/document-store';

/** Milliseconds after which a window no longer waits to be told whether its user wants the start screen. */
const PATIENCE = 800;

interface Start {
  /** `unknown` until the settings are: what a window begins with is not drawn before. */
  readonly screen: 'unknown' | 'shown' | 'hidden';
}

/** Whether the start screen stands in the place of the drawing. */
export const useStart = create<Start>()(() => ({ screen: 'unknown' }));

export function showStart(): void {
  useStart.setState({ screen: 'shown' });
}

export function hideStart(): void {
  useStart.setState({ screen: 'hidden' });
}

/**
 * Shows the start screen in a window that begins with nothing, where the user has not turned that off; leaves it as soon
 * as a drawing is opened or changed. Returns what ends it.
 */
export function keepStart(): () => void {
  const decide = () => {
    if (useStart.getState().screen !== 'unknown') return;
    if (useDocument.getState().opened > 0 || hasOwnDraft()) hideStart();
    else if (useSettings.getState().known) {
      if (useSettings.getState().settings.startScreen) showStart();
      else hideStart();
    }
  };
  decide();
  const late = window.setTimeout(() => {
    if (useStart.getState().screen === 'unknown') hideStart();
  }, PATIENCE);
  const ends = [
    useSettings.subscribe(decide),
    useDocument.subscribe((next, before) => {
      if (next.opened !== before.opened || next.history.present !== before.history.present) hideStart();
    }),
  ];
  return () => {
    window.clearTimeout(late);
    for (const end of ends) end();
  };
}
