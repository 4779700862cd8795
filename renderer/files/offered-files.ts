import { create } from 'zustand';
import { call, useSession } from '../state/session-store';
import { nameOf } from './paths';

interface OfferedFiles {
  /** The drawings last opened or saved, newest first. */
  readonly recent: readonly string[];
  /** The drawings that come with the app. */
  readonly examples: readonly string[];
}

/** What the File menu offers to open. */
export const useOfferedFiles = create<OfferedFiles>()(() => ({ recent: [], examples: [] }));

/** Asks the host anew: other windows open and save files, too. What it does not say is not offered. */
export async function askForOfferedFiles(): Promise<void> {
  const [recent, examples] = await Promise.all([recentFiles(), exampleFiles()]);
  useOfferedFiles.setState({ recent, examples });
}

async function recentFiles(): Promise<readonly string[]> {
  try {
    return (await call('files.recent', {})).files;
  } catch {
    return [];
  }
}

async function exampleFiles(): Promise<readonly string[]> {
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
