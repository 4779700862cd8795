import type { Distribution } from '../../shared/blocks/layer-ops';
import { drawKernelBinary } from './draw-kernel-binary';
import { type Site, wordStream } from './philox';

/** Sixteen numbers are made at a time. */
const BLOCK = 16;
const PAGE_BYTES = 65_536;

/**
 * Makes random numbers by the hundred thousand, in a memory of its own: the same numbers as `uniforms` and `normals`
 * (normal ones to float32 rounding), about thirty times as fast; the arithmetic is in `draw-kernel.wat`.
 */
export class DrawKernel {
  private readonly memory: WebAssembly.Memory;
  private readonly functions: WebAssembly.Instance['exports'];

  /** @param capacity how many numbers there is room for. */
  constructor(capacity: number) {
    const pages = Math.ceil((roomFor(capacity) * Float32Array.BYTES_PER_ELEMENT) / PAGE_BYTES);
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: false });
    const module = new WebAssembly.Module(Buffer.from(drawKernelBinary, 'base64'));
    this.functions = new WebAssembly.Instance(module, { draws: { memory: this.memory } }).exports;
  }

  /** The numbers from place `at`, a multiple of 16, on. Written over by the next `fill` of the place. */
  view(at: number, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, at * Float32Array.BYTES_PER_ELEMENT, count);
  }

  /**
   * Draws the first `count` numbers of (seed, site, step) and puts them in the memory from place `at` on.
   * @param seed 0 … 2³² − 1
   */
  fill(
    { at, count }: { at: number; count: number },
    distribution: Distribution,
    { seed, site, step }: { seed: number; site: Site; step: number },
  ): void {
    const { key, counter } = wordStream(seed, site, step);
    const draw = this.functions[distribution === 'uniform' ? 'uniforms' : 'normals'];
    const [from, to] = [at, at + roomFor(count)].map((place) => place * Float32Array.BYTES_PER_ELEMENT);
    draw?.(from ?? 0, to ?? 0, ...key, ...counter);
  }
}

/** The places that so many numbers take. */
export function roomFor(count: number): number {
  return Math.ceil(count / BLOCK) * BLOCK;
}
