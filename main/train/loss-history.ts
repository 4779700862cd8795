/** Numbers on one line of the history file. */
const A_LINE = 1_000;

/** Every step's loss, once, at 4 bytes each: the engines give them out as 32-bit floats. */
export class LossHistory {
  #values = new Float32Array(1024);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Of all steps so far; a copy. */
  get values(): Float32Array {
    return this.#values.slice(0, this.#count);
  }

  append(losses: ArrayLike<number>): void {
    const needed = this.#count + losses.length;
    if (needed > this.#values.length) {
      const larger = new Float32Array(Math.max(needed, 2 * this.#values.length));
      larger.set(this.#values.subarray(0, this.#count));
      this.#values = larger;
    }
    this.#values.set(losses, this.#count);
    this.#count = needed;
  }

  /** The elements of a JSON array, line by line. */
  *lines(): Generator<string> {
    for (let start = 0; start < this.#count; start += A_LINE) {
      const end = Math.min(start + A_LINE, this.#count);
      const line = Array.from(this.#values.subarray(start, end)).join(', ');
      yield `\n  ${line}${end < this.#count ? ',' : '\n '}`;
    }
  }
}
