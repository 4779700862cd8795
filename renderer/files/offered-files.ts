import { call, useSession } from '../state/session-store';
import { nameOf } from './paths';

/** The drawings last opened or saved, newest first; none where the host does not say. */
export async function recentFiles(): Promise<readonly string[]> {
  try {
    return (await call('files.recent', {})).files;
  } catch {
    return [];
  }
}

/** The drawings that come with the app. Without its folder there are none; opening a file works all the same. */
export async function exampleFiles(): Promise<readonly string[]> {
  const folder = useSession.getState().host?.examples;
  if (!folder) return [];
  try {
    const { entries } = await call('files.list', { path: folder });
    return entries.map(({ path }) => path).filter((path) => path.endsWith('.hourglass'));
  } catch {
    return [];
  }
}

/** A drawing's name in a menu. */
export function menuName(path: string): string {
  return nameOf(path).replace(/\.hourglass$/, '');
}
