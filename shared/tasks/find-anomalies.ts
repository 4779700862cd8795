import { problem } from '../errors/catalogue';
import type { TaskDefinition } from './task';

export const findAnomalies: TaskDefinition<'find-anomalies'> = {
  kind: 'find-anomalies',
  label: 'Find anomalies',
  help: 'Learns what is normal; what comes back with a large error is not.',
  sees: 'sample',
  baseline: null,
  problems({ isFiltered }) {
    return isFiltered ? [] : [problem('TASK_WITHOUT_FILTER', undefined, { path: 'data.filter' })];
  },
};
