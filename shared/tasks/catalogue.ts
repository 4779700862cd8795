import { isPicture, type Shape } from '../tensors/shape';
import { colour } from './colour';
import { compress } from './compress';
import { denoise } from './denoise';
import { features } from './features';
import { findAnomalies } from './find-anomalies';
import { inpaint } from './inpaint';
import { reconstruct } from './reconstruct';
import { removeWatermark } from './remove-watermark';
import type { TaskDefinition } from './task';

const all = [
  reconstruct,
  denoise,
  colour,
  removeWatermark,
  inpaint,
  features,
  findAnomalies,
  compress,
] as const;

export type TaskKind = (typeof all)[number]['kind'];

/** Every task there is, in the order they are offered. */
export const tasks: readonly TaskDefinition<TaskKind>[] = all;

const byKind = new Map<TaskKind, TaskDefinition<TaskKind>>(tasks.map((task) => [task.kind, task]));

export function taskOf(kind: TaskKind): TaskDefinition<TaskKind> {
  const task = byKind.get(kind);
  if (!task) throw new Error(`There is no task “${kind}”.`);
  return task;
}

/** The shape of what the encoder is given of samples of this shape. */
export function seenShape(kind: TaskKind, shape: Shape): Shape {
  return taskOf(kind).sees === 'grey' && isPicture(shape) ? [...shape.slice(0, -1), 1] : shape;
}
