import { useSettings } from './settings-store';

const reduced = () => window.matchMedia('(prefers-reduced-motion: reduce)');

/** Whether things may move: the user's choice, or else the system's. */
function mayMove(): boolean {
  const { motion } = useSettings.getState().settings;
  return motion === 'system' ? !reduced().matches : motion === 'on';
}

/** Milliseconds that a movement takes: 0 where nothing is to move. */
export function movingTime(milliseconds: number): number {
  return mayMove() ? milliseconds : 0;
}

/** Tells the page's styles (`window.css`) where nothing is to move. Returns what ends it. */
export function followMotion(): () => void {
  const show = () => document.documentElement.toggleAttribute('data-still', !mayMove());
  show();
  const stop = useSettings.subscribe(show);
  const system = reduced();
  system.addEventListener('change', show);
  return () => {
    stop();
    system.removeEventListener('change', show);
  };
}
