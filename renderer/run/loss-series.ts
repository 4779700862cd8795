/**
 * The training losses of a run, at most `capacity` points however long it runs: when full, neighbours are averaged
 * and every later point stands for twice as many steps.
 */
export class LossSeries {
  readonly #capacity: number;
  readonly #steps: number[] = [];
  readonly #losses: number[] = [];
  #stride = 1;
  #sum = 0;
  #count = 0;

  constructor(capacity = 4096) {
    this.#capacity = capacity;
  }

  /**
   * Adds the loss of one step, or the mean of the `count` steps that end with it; steps are counted from 1 and come in
   * order.
   */
  push(step: number, loss: number, count = 1): void {
    this.#sum += loss * count;
    this.#count += count;
    if (this.#count < this.#stride) return;
    this.#steps.push(step);
    this.#losses.push(this.#sum / this.#count);
    this.#sum = 0;
    this.#count = 0;
    if (this.#steps.length >= this.#capacity) this.#halve();
  }

  get steps(): readonly number[] {
    return this.#steps;
  }

  get losses(): readonly number[] {
    return this.#losses;
  }

  /** How many steps one point averages. */
  get stride(): number {
    return this.#stride;
  }

  #halve(): void {
    const half = Math.floor(this.#steps.length / 2);
    for (let index = 0; index < half; index += 1) {
      this.#steps[index] = this.#steps[2 * index + 1] ?? 0;
      this.#losses[index] = ((this.#losses[2 * index] ?? 0) + (this.#losses[2 * index + 1] ?? 0)) / 2;
    }
    this.#steps.length = half;
    this.#losses.length = half;
    this.#stride *= 2;
  }
}
