import { valueCount } from '../../../shared/tensors/shape';
import type { Program } from '../../ops/program';
import { DrawKernel, roomFor } from '../../random/draw-kernel';
import { assertFits } from '../assert-fits';
import { drawSite, keyFor } from '../draw-key';
import type { DrawKey, Tensor } from '../executor';

/**
 * The random numbers of a session's runs. ONNX Runtime's own random ops are seeded once a session and can't be told
 * where to go on, so every run is fed numbers. They are made just before it: 100,000 normal ones take half a
 * millisecond, so that a thread to make them ahead would cost more than it gains.
 */
export class DrawnNumbers {
  private readonly kernel: DrawKernel;

  /** One run's numbers take the place of the last one's, whichever program that was of. */
  constructor(programs: readonly Program[]) {
    const rooms = programs.map(({ draws }) =>
      draws.reduce((sum, { value }) => sum + roomFor(valueCount(value.shape)), 0),
    );
    this.kernel = new DrawKernel(Math.max(0, ...rooms));
  }

  /**
   * What a program draws, by name; those that are given are left out.
   * @throws Error where given numbers do not fit, or there is no key to draw others by
   */
  numbers(
    { name: program, draws }: Program,
    given: Readonly<Record<string, Tensor>>,
    key: DrawKey | undefined,
  ): Record<string, Tensor> {
    const drawn: Record<string, Tensor> = {};
    let at = 0;
    for (const { name, distribution, value } of draws) {
      const { dtype, shape } = value;
      const instead = given[name];
      if (instead) {
        assertFits({ name, dtype, shape }, instead);
        continue;
      }
      const by = keyFor(program, name, key);
      const count = valueCount(shape);
      this.kernel.fill({ at, count }, distribution, { ...by, site: drawSite(name, by) });
      drawn[name] = { dtype, shape, data: this.kernel.view(at, count) };
      at += roomFor(count);
    }
    return drawn;
  }
}
