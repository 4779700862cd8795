import { isFrozen } from '../../shared/blocks/freezing';
import type { Layer, Plan } from '../../shared/plan/plan';
import { opOf } from '../ops/catalogue';
import type { Program, Value } from '../ops/program';
import { allAxes } from '../ops/shape-rules';
import { gradientsOf } from './gradients';
import { lowerLayers, outputOf, weightName } from './lower-plan';
import { ProgramBuilder } from './program-builder';

/** The layers that gradients pass through on their way to weights: their own, or those of a layer before them. */
export function gradientCarriers({ layers }: Pick<Plan, 'layers'>): ReadonlySet<string> {
  const carriers = new Set<string>();
  for (const layer of layers) {
    const learns = !isFrozen(layer) && (layer.parameterCount > 0 || layer.shared !== null);
    if (learns || layer.inputs.some((id) => carriers.has(id))) carriers.add(layer.id);
  }
  return carriers;
}

/**
 * One layer by itself, forward and back as in a training step: feeds `input-0`, … [1, …shape of the layer it reads], each
 * repeated over the batch; outputs are single numbers, so that nothing large is handed back: the mean of what it gives out, and
 * of every gradient that a step takes from it.
 */
export function layerStepProgram(plan: Plan, layer: Layer, batch: number, name: string): Program {
  const build = new ProgramBuilder();
  const carriers = gradientCarriers(plan);
  const inputs = layer.inputs.map((id, place): [string, Value] => {
    const shape = plan.layers.find((each) => each.id === id)?.outputShape ?? [];
    const one = build.feed(`input-${place}`, [1, ...shape]);
    return [id, build.add('broadcastTo', [one], { shape: [batch, ...shape] })];
  });
  const values = lowerLayers(build, [layer], new Map(inputs), { training: true });
  const output = outputOf(values, layer.id);
  const meanOf = (value: Value) =>
    value.shape.length === 0
      ? value
      : build.add('reduceMean', [value], { axes: allAxes(value.shape.length) });
  const mean = meanOf(output);
  const reads = [
    ...(isFrozen(layer) ? [] : layer.weights.filter(({ trainable = true }) => trainable)).map((weight) => ({
      id: layer.id,
      ...weight,
    })),
    ...(layer.shared?.weights ?? []).map((weight) => ({ id: layer.shared?.layerId ?? '', ...weight })),
  ];
  const wanted = [
    ...reads.map((weight) => build.read(weightName(weight.id, weight.name), weight.shape)),
    ...inputs.filter(([id]) => carriers.has(id)).map(([, value]) => value),
  ].filter((value) => reaches(build, value, output));
  const gradients = wanted.length > 0 ? gradientsOf(build, mean, wanted) : [];
  const outputs = Object.fromEntries(
    gradients.map((gradient, place) => [`gradient-${place}`, meanOf(gradient)]),
  );
  return build.finish(name, { outputs: { mean, ...outputs } });
}

/** Whether a value has a part in another, through ops that pass gradients on. */
function reaches(build: ProgramBuilder, from: Value, to: Value): boolean {
  const reached = new Set([from.id]);
  for (const node of build.nodes) {
    if (opOf(node.op).gradient && node.inputs.some(({ id }) => reached.has(id))) reached.add(node.output.id);
  }
  return reached.has(to.id);
}
