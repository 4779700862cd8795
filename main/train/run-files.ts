/** What lies in the folder of a run: its drawing, its weights, its history, its checkpoints, and, while it goes on, who trains it. */
export const DRAWING = 'document.hourglass';
export const WEIGHTS = 'weights.safetensors';
export const HISTORY = 'history.json';
export const CHECKPOINTS = 'checkpoints';
export const UNFINISHED_FILE = 'unfinished.json';
