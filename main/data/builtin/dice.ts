import { uniforms } from '../../random/philox';

/** The random numbers of one drawn sample: the same for the same seed, site and sample, whatever was drawn before. */
export class Dice {
  private readonly numbers: Float32Array;
  private next = 0;

  /** `site` tells sets and splits apart; `rolls` is how many numbers a sample may use. */
  constructor(seed: number, site: number, sample: number, rolls: number) {
    this.numbers = uniforms(seed, site, sample, rolls);
  }

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
    const number = this.numbers[this.next];
    if (number === undefined)
      throw new Error(`A sample used more than ${this.numbers.length} random numbers.`);
    this.next += 1;
    return number;
  }
}
