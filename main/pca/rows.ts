/** Rows of samples as they lie in memory: uint8 stands for value / 255. */
export interface Rows {
  readonly values: Uint8Array | Float32Array;
  readonly count: number;
  /** Values of a row. */
  readonly width: number;
}

/** Copies row `index` into `row`, uint8 in the 0–1 scale. */
export function readRow({ values, width }: Rows, index: number, row: Float64Array): void {
  const start = index * width;
  if (values instanceof Uint8Array) {
    for (let at = 0; at < width; at++) row[at] = values[start + at]! / 255;
  } else {
    for (let at = 0; at < width; at++) row[at] = values[start + at]!;
  }
}
