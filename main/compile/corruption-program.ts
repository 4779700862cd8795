import type { Layer, Plan } from '../../shared/plan/plan';
import type { ProgramSet } from '../ops/program';
import { lowerLayers, outputOf } from './lower-plan';
import { ProgramBuilder } from './program-builder';
import { seenSamples } from './seen-samples';

/**
 * A Program `corrupt` of what stands between samples and encoder, up to a corrupting layer: feeds `batch` (float32 [count,
 * …sample]); output `seen`, what that layer gives out.
 *
 * @param layers the input and what corrupts, in their order
 */
export function corruptionProgram(
  task: Plan['task'],
  layers: readonly Layer[],
  sampleShape: readonly number[],
  count: number,
): ProgramSet {
  const [input, last] = [layers[0], layers.at(-1)];
  if (!input || !last) throw new Error('There is no layer to look behind.');
  const build = new ProgramBuilder();
  const batch = build.feed('batch', [count, ...sampleShape]);
  const given = new Map([[input.id, seenSamples(build, { task }, batch)]]);
  const seen = outputOf(lowerLayers(build, layers, given, { training: false }), last.id);
  return { state: [], programs: [build.finish('corrupt', { outputs: { seen } })] };
}
