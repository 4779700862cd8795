import type { KeptRun } from '../../shared/ipc/contract';
import { t } from '../strings/strings';

/** What a run is called: the user's name for it, or that of its drawing, with the size where a sweep had it. */
export function nameOfRun({ name, document, sweep }: Pick<KeptRun, 'name' | 'document' | 'sweep'>): string {
  if (name !== '') return name;
  return sweep ? t('runs.sweepName', { name: document.name, size: sweep.size }) : document.name;
}
