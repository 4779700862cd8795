import type { ScheduleDefinition } from './schedule';
import { warmUp } from './schedule-parameters';

const params = { warmUp };

export const constant: ScheduleDefinition<typeof params> = {
  type: 'constant',
  label: 'Constant',
  help: 'The learning rate stays as it is.',
  params,
  factor: () => 1,
};
