import { isPicture, type Shape } from '../tensors/shape';
import { colour } from './colour';
import { type ColourSpace, colourSpaces } from './colour-space';
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

/** What is made of each sample, as a drawing says it. */
export interface Task {
  readonly kind: TaskKind;
  /** Of colouring: what the network gives out of each pixel; left out: red, green and blue. */
  readonly space?: ColourSpace;
}

/** What a network gives out of each pixel: for every task but colouring, the sample as it is. */
export function spaceOf({ kind, space = 'rgb' }: Task): ColourSpace {
  return taskOf(kind).sees === 'grey' ? space : 'rgb';
}

/** The shape of what a network gives out for samples of this shape. */
export function targetShape(task: Task, shape: Shape): Shape {
  const space = spaceOf(task);
  if (space === 'rgb' || !isPicture(shape)) return shape;
  const channels = colourSpaces.find((each) => each.space === space)?.channels ?? 3;
  return [...shape.slice(0, -1), channels];
}

/** The shape of what the encoder is given of samples of this shape. */
export function seenShape(kind: TaskKind, shape: Shape): Shape {
  return taskOf(kind).sees === 'grey' && isPicture(shape) ? [...shape.slice(0, -1), 1] : shape;
}
