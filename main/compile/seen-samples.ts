import { blockOf } from '../../shared/blocks/catalogue';
import type { Plan } from '../../shared/plan/plan';
import { spaceOf, taskOf } from '../../shared/tasks/catalogue';
import { greyOf } from '../../shared/tensors/lab';
import { LUMINANCE } from '../../shared/tensors/luminance';
import type { Value } from '../ops/program';
import { arithmetic } from './arithmetic';
import { channelsOf } from './colour-target';
import type { LayerValues } from './lower-plan';
import type { ProgramBuilder } from './program-builder';

/**
 * What a task shows the input of a batch of samples.
 *
 * @param samples float32 [batch, …sample]
 * @returns the samples themselves, or [batch, height, width, 1]: their brightness, or where lightness is kept, the grey of it
 */
export function seenSamples(build: ProgramBuilder, { task }: Pick<Plan, 'task'>, samples: Value): Value {
  if (taskOf(task.kind).sees === 'sample') return samples;
  return build.inLayer('input', () => {
    if (spaceOf(task) === 'lab') return greyOf(arithmetic(build), channelsOf(build, samples));
    const parts = channelsOf(build, samples).map((channel, at) =>
      build.add('mul', [channel, build.constant(LUMINANCE[at] ?? 0)]),
    );
    return build.sum(parts);
  });
}

/** Whether something stands between samples and encoder that corrupts them. */
export function isCorrupted({ layers }: Plan): boolean {
  return layers.some(({ type }) => blockOf(type)?.corrupts);
}

/** What a task shows of samples as they are, given out by the input and by all that would corrupt them. */
export function uncorrupted(build: ProgramBuilder, plan: Plan, samples: Value): LayerValues {
  const seen = seenSamples(build, plan, samples);
  const last = plan.layers.findIndex(({ id }) => id === plan.seenId);
  // Without such a layer, it is the input that gives them out.
  return new Map(plan.layers.slice(0, last + 1 || 1).map(({ id }) => [id, seen]));
}
