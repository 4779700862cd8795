/**
 * The shape of one sample, without the batch axis: `[values]` for a vector, `[height, width, channels]` for a
 * picture (channels last, as in Keras). Every entry is a whole number of at least 1.
 */
export type Shape = readonly number[];

/** How many values a sample, or any tensor, of this shape holds; 1 for a scalar. */
export function valueCount(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

export function isPicture(shape: Shape): shape is readonly [height: number, width: number, channels: number] {
  return shape.length === 3;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** `28×28×1`, `784`: how shapes are written everywhere. */
export function formatShape(shape: Shape): string {
  return shape.join('×');
}
