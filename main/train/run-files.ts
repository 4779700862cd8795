/** What lies in the folder of a run: its drawing, its weights, its history and summary, its checkpoints, and, while it goes on, who trains it. */
export const DRAWING = 'document.hourglass';
export const WEIGHTS = 'weights.safetensors';
export const HISTORY = 'history.json';
/** What lists show; its being there says that the rest is whole. */
export const SUMMARY = 'summary.json';
export const CHECKPOINTS = 'checkpoints';
export const UNFINISHED_FILE = 'unfinished.json';
