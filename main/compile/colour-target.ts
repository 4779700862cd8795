import type { Plan } from '../../shared/plan/plan';
import { spaceOf } from '../../shared/tasks/catalogue';
import { chromaOf, colourOf, type Triple } from '../../shared/tensors/lab';
import type { Value } from '../ops/program';
import { arithmetic } from './arithmetic';
import type { ProgramBuilder } from './program-builder';

/**
 * What a network is to give out for a batch of samples, which its losses compare: the samples, or a* and b* of every pixel,
 * from 0 to 1 ([batch, height, width, 2]).
 */
export function targetsOf(build: ProgramBuilder, { task }: Pick<Plan, 'task'>, samples: Value): Value {
  if (spaceOf(task) === 'rgb') return samples;
  return build.inLayer('output', () =>
    joined(build, chromaOf(arithmetic(build), channelsOf(build, samples))),
  );
}

/**
 * The samples that a network's predictions stand for: themselves, or the colours of the predicted a* and b* with the lightness
 * of what the encoder was given, within what sRGB has.
 *
 * @param seen [batch, height, width, 1] where lightness is kept
 */
export function samplesOf(
  build: ProgramBuilder,
  { task }: Pick<Plan, 'task'>,
  prediction: Value,
  seen: Value | null,
): Value {
  if (spaceOf(task) === 'rgb') return prediction;
  if (!seen) throw new Error('A network that keeps lightness is given grey pictures.');
  return build.inLayer('output', () => {
    const [a, b] = [0, 1].map((at) => channelOf(build, prediction, at));
    if (!a || !b) throw new Error('Predictions have a* and b*.');
    return joined(build, colourOf(arithmetic(build), seen, [a, b]));
  });
}

/** Red, green and blue, each [batch, height, width, 1]. */
export function channelsOf(build: ProgramBuilder, samples: Value): Triple<Value> {
  return [channelOf(build, samples, 0), channelOf(build, samples, 1), channelOf(build, samples, 2)];
}

function channelOf(build: ProgramBuilder, picture: Value, channel: number): Value {
  const axis = picture.shape.length - 1;
  const begin = picture.shape.map((_, at) => (at === axis ? channel : 0));
  return build.add('slice', [picture], { begin, size: [...picture.shape.slice(0, -1), 1] });
}

function joined(build: ProgramBuilder, channels: readonly Value[]): Value {
  return build.add('concat', channels, { axis: (channels[0]?.shape.length ?? 1) - 1 });
}
