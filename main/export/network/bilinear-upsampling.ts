import type { Step } from './network';

/** Differences between the numbers of two matrices that are one all the same. */
const SAME = 1e-9;

/**
 * Steps in which two mixings, of rows and then of columns, are one upsampling where they draw straight lines between the
 * centres of pixels, level beyond the outermost: what other programs call bilinear (half-pixel centres).
 */
export function bilinearUpsampling(steps: readonly Step[]): readonly Step[] {
  const readers = new Map<Step, Step[]>();
  for (const step of steps) {
    for (const input of step.inputs) readers.set(input, [...(readers.get(input) ?? []), step]);
  }
  const replaced = new Map<Step, Step>();
  const gone = new Set<Step>();
  for (const rows of steps) {
    const [columns, ...others] = readers.get(rows) ?? [];
    if (!columns || others.length > 0) continue;
    const tall = factorOf(rows, 0);
    const wide = factorOf(columns, 1);
    if (tall === null || wide === null) continue;
    gone.add(rows);
    const operation = { kind: 'upsample', axes: 2, factor: [tall, wide], method: 'bilinear' } as const;
    replaced.set(columns, { ...columns, operation, inputs: rows.inputs });
  }
  if (gone.size === 0) return steps;
  return rewired(
    steps.filter((step) => !gone.has(step)),
    replaced,
  );
}

/** The steps, each reading those that took the place of what it read. */
function rewired(steps: readonly Step[], replaced: Map<Step, Step>): Step[] {
  const now = new Map<Step, Step>();
  return steps.map((step) => {
    const own = replaced.get(step) ?? step;
    const made = { ...own, inputs: own.inputs.map((input) => now.get(input) ?? input) };
    now.set(step, made);
    return made;
  });
}

/** By how much a mixing of this axis of a picture enlarges it, where it is such an upsampling; else null. */
function factorOf({ operation, shape, inputs: [input] }: Step, axis: number): number | null {
  if (operation.kind !== 'mix' || operation.axis !== axis || shape.length !== 3 || !input) return null;
  const [count = 0, length = 0] = [input.shape[axis], shape[axis]];
  const factor = length / count;
  if (!Number.isInteger(factor) || factor < 2) return null;
  const holds = operation.matrix.every((entry, at) => {
    const [from, to] = [Math.floor(at / length), at % length];
    const place = Math.min(Math.max((to + 0.5) / factor - 0.5, 0), count - 1);
    return Math.abs(entry - Math.max(0, 1 - Math.abs(place - from))) < SAME;
  });
  return holds ? factor : null;
}
