/** A place on the canvas, in pixels at zoom 1. */
export interface Position {
  readonly x: number;
  readonly y: number;
}

const FARTHEST = 1e7;

/** A position fit to be stored: whole pixels within bounds; null where it is no number. */
export function wholePosition({ x, y }: Position): Position | null {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return null;
  const whole = (value: number) => Math.round(Math.min(Math.max(value, -FARTHEST), FARTHEST)) + 0;
  return { x: whole(x), y: whole(y) };
}

/** Those of these positions that are fit to be stored. */
export function wholePositions(positions: Readonly<Record<string, Position>>): Record<string, Position> {
  return Object.fromEntries(
    Object.entries(positions).flatMap(([nodeId, position]) => {
      const whole = wholePosition(position);
      return whole ? [[nodeId, whole]] : [];
    }),
  );
}
