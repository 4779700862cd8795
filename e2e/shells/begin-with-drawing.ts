import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Lets windows begin with the drawing and not with the start screen, as its user may choose: settings that are there
 * already stay as they are.
 */
export function beginWithDrawing(dataFolder: string): void {
  const file = join(dataFolder, 'settings.json');
  if (existsSync(file)) return;
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(file, JSON.stringify({ startScreen: false }));
}
