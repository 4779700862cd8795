/** What lies in the folder of a run: its drawing, its weights, its history and summary, its checkpoints, and, while it goes on, who trains it. */
export const DRAWING = 'document.hourglass';
export const WEIGHTS = 'weights.safetensors';
export const HISTORY = 'history.json';
/** What lists show; its being there says that the rest is whole. */
export const SUMMARY = 'summary.json';
export const CHECKPOINTS = 'checkpoints';
export const UNFINISHED_FILE = 'unfinished.json';
/** The name and the star that its user gave it. */
export const LABEL = 'label.json';
export const FILM_FILE = 'film.safetensors';
export const RECONSTRUCTIONS = 'reconstructions.png';

/** All of them but the checkpoints; first what says that there is a run. */
export const RUN_FILES: readonly string[] = [
  ...[SUMMARY, UNFINISHED_FILE, WEIGHTS, HISTORY, LABEL, FILM_FILE, DRAWING],
  ...[RECONSTRUCTIONS, 'drawn.png', 'normal.png', 'anomalous.png', 'reconstructions.csv'],
];
