import type { Plan } from '../../shared/plan/plan';
import { taskOf } from '../../shared/tasks/catalogue';
import { LUMINANCE } from '../../shared/tensors/luminance';
import type { Value } from '../ops/program';
import type { ProgramBuilder } from './program-builder';

/**
 * What a task shows the input of a batch of samples.
 *
 * @param samples float32 [batch, …sample]
 * @returns the samples themselves, or [batch, height, width, 1]: their brightness
 */
export function seenSamples(build: ProgramBuilder, { task }: Pick<Plan, 'task'>, samples: Value): Value {
  if (taskOf(task).sees === 'sample') return samples;
  return build.inLayer('input', () => {
    const axis = samples.shape.length - 1;
    const size = [...samples.shape.slice(0, -1), 1];
    const parts = LUMINANCE.map((weight, channel) => {
      const begin = samples.shape.map((_, at) => (at === axis ? channel : 0));
      const one = build.add('slice', [samples], { begin, size });
      return build.add('mul', [one, build.constant(weight)]);
    });
    return build.sum(parts);
  });
}
