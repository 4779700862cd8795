import type { Plan } from '../../shared/plan/plan';
import type { Program, Value } from '../ops/program';
import { lowerLayers, outputOf } from './lower-plan';
import { ProgramBuilder } from './program-builder';
import { seenSamples, uncorrupted } from './seen-samples';

interface ActivationsOptions {
  readonly name: string;
  /** How samples come, as `CompileOptions.sample` has it. */
  readonly dtype: 'uint8' | 'float32';
  /** Samples a run takes. */
  readonly count: number;
  /** Whether nothing corrupts the samples, although the plan would. */
  readonly asTheyAre?: boolean;
}

/** A Program of what every layer gives out, and where each layer's values are found. */
export interface ActivationsProgram {
  readonly program: Program;
  /** By layer id: the name of the output; `null` where a layer gives out what the feed `batch` holds. */
  readonly outputOf: ReadonlyMap<string, string | null>;
}

/**
 * What every layer of a plan gives out for a batch, as in evaluation: without dropout or noise, with running statistics.
 *
 * Feeds `batch` [count, …sample]; an output for each value, float32 [count, …the layer's output shape]. Layers that give out one
 * and the same value (a linear output end, say) share an output. Compiled by itself, so that runs do not carry it along.
 */
export function activationsProgram(plan: Plan, options: ActivationsOptions): ActivationsProgram {
  const build = new ProgramBuilder();
  const batch = build.feed('batch', [options.count, ...plan.outputShape], options.dtype);
  const samples = build.inLayer('input', () =>
    batch.dtype === 'float32'
      ? batch
      : build.add('mul', [build.add('cast', [batch]), build.constant(1 / 255)]),
  );
  const [input] = plan.layers;
  if (!input) throw new Error('A plan has an input.');
  const given = options.asTheyAre
    ? uncorrupted(build, plan, samples)
    : new Map([[input.id, seenSamples(build, plan, samples)]]);
  const values = lowerLayers(build, plan.layers, given, { training: false });
  const outputs: Record<string, Value> = {};
  const names = new Map<number, string>();
  const places = plan.layers.map(({ id }): [string, string | null] => {
    const value = outputOf(values, id);
    // Not every runtime hands back what it was fed.
    if (value === batch) return [id, null];
    const name = names.get(value.id) ?? `values-${names.size}`;
    names.set(value.id, name);
    outputs[name] = value;
    return [id, name];
  });
  return { program: build.finish(options.name, { outputs }), outputOf: new Map(places) };
}
