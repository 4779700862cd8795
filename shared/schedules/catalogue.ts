import { type Chosen, withDefaults } from '../blocks/chosen';
import { constant } from './constant';
import { cosine } from './cosine';
import { exponentialDecay } from './exponential-decay';
import { oneCycle } from './one-cycle';
import { plateau } from './plateau';
import type { ScheduleDefinition, ScheduleProgress } from './schedule';
import { stepDecay } from './step-decay';

/** Every schedule there is, in the order they are offered. */
export const schedules: readonly ScheduleDefinition[] = [
  constant,
  stepDecay,
  exponentialDecay,
  cosine,
  oneCycle,
  plateau,
];

/** A schedule as a document holds it: its type and its parameters, side by side. */
export type Schedule = Chosen;

const byType = new Map(schedules.map((schedule) => [schedule.type, schedule]));

export function scheduleOf(type: string): ScheduleDefinition {
  const schedule = byType.get(type);
  if (!schedule) throw new Error(`There is no schedule “${type}”.`);
  return schedule;
}

/** A schedule with its default parameters. */
export function newSchedule(type: string): Schedule {
  return withDefaults(scheduleOf(type));
}

/** What the learning rate is multiplied by for the step that comes next, warm-up included: above 0, at most 1. */
export function rateFactor({ type, ...params }: Schedule, progress: ScheduleProgress): number {
  const factor = scheduleOf(type).factor(params, progress);
  const warming = Number(params.warmUp ?? 0) * progress.stepsPerEpoch;
  return progress.step < warming ? (factor * (progress.step + 1)) / warming : factor;
}
