import { type Site, uniforms } from '../../random/philox';

/** Random numbers drawn at a time, and the most such draws a sample may use. */
const ROLLS_A_DRAW = 48;
const MOST_DRAWS = 16;

/** The random numbers of one drawn sample: the same for the same seed, site and sample, whatever was drawn before. */
export class Dice {
  private numbers: Float32Array = new Float32Array(0);
  private next = 0;
  private draws = 0;

  /** `site` tells sets and splits apart. */
  constructor(
    private readonly seed: number,
    private readonly site: Site,
    private readonly sample: number,
  ) {}

  /** Evenly spread over [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.roll();
  }

  /** A whole number from 0 to `count` − 1. */
  whole(count: number): number {
    return Math.min(count - 1, Math.floor(this.roll() * count));
  }

  chance(probability: number): boolean {
    return this.roll() < probability;
  }

  /** Around 0, mostly within ±`spread`, never beyond ±1.5 `spread`: the sum of three even numbers. */
  around(spread: number): number {
    return (this.roll() + this.roll() + this.roll() - 1.5) * spread;
  }

  private roll(): number {
    if (this.next === this.numbers.length) this.draw();
    const number = this.numbers[this.next] ?? 0;
    this.next += 1;
    return number;
  }

  private draw(): void {
    if (this.draws === MOST_DRAWS)
      throw new Error(`A sample used ${MOST_DRAWS * ROLLS_A_DRAW} random numbers.`);
    this.numbers = uniforms(this.seed, this.site, this.sample * MOST_DRAWS + this.draws, ROLLS_A_DRAW);
    this.draws += 1;
    this.next = 0;
  }
}
