import { askForData } from '../data/choose-files';
import { nameOf } from '../files/paths';
import { call } from '../state/session-store';
import { compareWith } from './errors-store';

/** Asks for a data set, and measures the last run's model on it. */
export async function compareWithFiles(): Promise<void> {
  const path = await askForData();
  if (path === null) return;
  await compareWith(
    nameOf(path),
    async () => (await call('data.identify', { path, baseFolder: null })).reference,
  );
}
