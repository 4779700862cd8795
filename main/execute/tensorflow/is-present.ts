import { existsSync } from 'node:fs';
import { nativePaths } from './native/native-paths';

/** Whether the native runtime lies on disk. Quick: nothing is loaded. */
export function isTensorFlowPresent(): boolean {
  try {
    return existsSync(nativePaths().binding);
  } catch {
    return false;
  }
}
