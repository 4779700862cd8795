import { blockOf } from '../../../shared/blocks/catalogue';
import type { LayerOps } from '../../../shared/blocks/layer-ops';
import { problem } from '../../../shared/errors/catalogue';
import { type Problem, ProblemError } from '../../../shared/errors/problem';
import type { ExportPart } from '../../../shared/export/export-part';
import { OUTPUT } from '../../../shared/plan/mirror';
import type { Layer, Plan } from '../../../shared/plan/plan';
import { decodeProblem } from '../../../shared/plan/skips';
import { spaceOf, taskOf } from '../../../shared/tasks/catalogue';
import { LUMINANCE } from '../../../shared/tensors/luminance';
import { weightName } from '../../compile/lower-plan';
import type { Preprocessing } from '../../models/trained-model';
import type { ExportSubject } from '../format';
import { bilinearUpsampling } from './bilinear-upsampling';
import type { Network, Operation, Step } from './network';
import { NoSuchStep, StepList, type Traced, tracingOps } from './tracing-ops';

/** What is traced, of what is exported. */
type TracedSubject = Pick<ExportSubject, 'plan' | 'part'> & {
  readonly model: Pick<ExportSubject['model'], 'preprocessing'>;
};

/**
 * A part of a network as steps that other programs know, made by the blocks' own lowering. Nothing is drawn at random: what
 * corrupts samples is left out, a variational code is its mean; dropout and noise are steps that act in training alone.
 * Samples go in and come out as they lie in their files: bytes from 0 to 255, or numbers before they were scaled for training.
 *
 * @param title of the format, for Problems
 * @throws ProblemError that names every block which does what no step does
 */
export function traceNetwork(title: string, { plan, part, model }: TracedSubject): Network {
  const { preprocessing } = model;
  const around = part === 'decoder' ? decodeProblem(plan) : null;
  const problems: Problem[] = around ? [around] : [];
  const list = new StepList();
  const values = new Map<string, Step>();
  const given = givenLayer(plan, part);
  const shape = part === 'decoder' ? plan.codeShape : plan.outputShape;
  const input = list.add(given.id, { kind: 'input' }, [], shape);
  /** What the encoder is shown. */
  let shown = input;
  for (const layer of layersOf(plan, part)) {
    if (layer.id === given.id) {
      const samples = () => seen(plan, list, layer, scaled(list, 'scale', input, preprocessing));
      shown = part === 'decoder' ? input : samples();
      values.set(layer.id, shown);
      continue;
    }
    try {
      values.set(layer.id, stepsOf(list, layer, values));
    } catch (error) {
      if (!(error instanceof NoSuchStep)) throw error;
      const told = { title, block: layer.id, what: `it ${error.message}` };
      problems.push(problem('EXPORT_LACKS', told, { nodeId: layer.blockId ?? layer.id }));
      // What follows is looked at too, as if the block passed on what it takes.
      values.set(layer.id, list.add(layer.id, { kind: 'reshape' }, [], layer.outputShape));
    }
  }
  const [first, ...others] = problems;
  if (first) throw new ProblemError(first, ...others);
  const last = part === 'encoder' ? plan.layers[plan.codeIndex] : plan.layers.at(-1);
  const ending = last && values.get(last.id);
  const isColoured = part === 'whole' && spaceOf(plan.task) === 'lab' && ending !== undefined;
  const made = isColoured
    ? list.add(`${OUTPUT}~colours`, { kind: 'colours' }, [shown, ending], plan.outputShape)
    : ending;
  const output = part === 'encoder' || !made ? made : scaled(list, 'unscale', made, preprocessing);
  const code = part === 'decoder' ? input : values.get(plan.layers[plan.codeIndex]?.id ?? '');
  if (!output || !code) throw new Error('A network has an input, a code and an output.');
  const steps = readSteps(bilinearUpsampling(list.steps), output.id);
  const found = (id: string) => {
    const step = steps.find((each) => each.id === id);
    if (!step) throw new Error(`The network lost its step ${id}.`);
    return step;
  };
  return { part, steps, input: found(input.id), output: found(output.id), code: found(code.id) };
}

function layersOf({ layers, codeIndex }: Plan, part: ExportPart): readonly Layer[] {
  if (part === 'encoder') return layers.slice(0, codeIndex + 1);
  return part === 'decoder' ? layers.slice(codeIndex) : layers;
}

/** The layer whose values are given. */
function givenLayer({ layers, codeIndex }: Plan, part: ExportPart): Layer {
  const layer = layers[part === 'decoder' ? codeIndex : 0];
  if (!layer) throw new Error('A plan has an input and a code.');
  return layer;
}

/** The ends of a network: to the scale the model was trained in, and back to that of the files. */
function scaled(
  list: StepList,
  kind: 'scale' | 'unscale',
  from: Step,
  { dtype, scaling }: Preprocessing,
): Step {
  const numbers = dtype === 'uint8' ? BYTES : scaling;
  if (!numbers) return from;
  const { offset, factor } = numbers;
  return list.add(kind === 'scale' ? 'input' : OUTPUT, { kind, offset, factor }, [from], from.shape);
}

/** A byte stands for its 255th part. */
const BYTES = { offset: [0], factor: [1 / 255] } as const;

/** What a task shows the encoder of a sample. */
function seen({ task, inputShape }: Plan, list: StepList, { id }: Layer, input: Step): Step {
  if (taskOf(task.kind).sees === 'sample') return input;
  if (spaceOf(task) === 'lab') return list.add(id, { kind: 'lightness' }, [input], inputShape);
  return list.add(id, { kind: 'grey', weights: LUMINANCE }, [input], inputShape);
}

function stepsOf(list: StepList, layer: Layer, values: ReadonlyMap<string, Step>): Step {
  const inputs = layer.inputs.map((id) => {
    const step = values.get(id);
    if (!step) throw new Error(`Layer ${id} has no step yet.`);
    return step;
  });
  const [first, ...others] = inputs;
  if (!first) throw new Error(`Layer ${layer.id} reads nothing.`);
  const joint = {
    add: { kind: 'add' },
    concat: { kind: 'concat', axis: layer.inputShape.length - 1 },
  } as const;
  // A skip joins in front of its twin; other joins are layers of their own.
  const aside = layer.mirrored && layer.type !== 'sum' ? 'skip' : undefined;
  const own =
    layer.join && others.length > 0
      ? list.add(layer.id, joint[layer.join], inputs, layer.inputShape, aside)
      : first;
  if (layer.type === 'sum' || blockOf(layer.type)?.corrupts) return own;
  const x: Traced = { step: own, shape: own.shape };
  const y = wholeStep(layer) ?? lowered;
  const result = typeof y === 'function' ? y(tracingOps(list, layer), x, layer) : added(list, layer, y, own);
  const active = tracingOps(list, layer).activate(result, layer.activation);
  if ('step' in active) return active.step;
  throw new Error(`Layer ${layer.id} gives out a weight.`);
}

function added(list: StepList, layer: Layer, operation: Operation, from: Step): Traced {
  const step = list.add(layer.id, operation, [from], layer.outputShape);
  return { step, shape: step.shape };
}

/** The step of a layer that other programs have whole, where its lowering would tell it in small parts. */
function wholeStep({ id, type, params, weights, outputShape }: Layer): Operation | null {
  const use = (name: string) => {
    const weight = weights.find((each) => each.name === name);
    if (!weight) throw new Error(`Layer ${id} has no weight “${name}”.`);
    return { name: weightName(id, name), shape: weight.shape };
  };
  const scaling = () => ({ gamma: use('gamma'), beta: use('beta') });
  switch (type) {
    case 'batch-norm': {
      const moving = { mean: use('moving-mean'), variance: use('moving-variance') };
      const { epsilon, momentum } = params;
      const numbers = { epsilon: Number(epsilon), momentum: Number(momentum) };
      return { kind: 'batchNorm', ...numbers, weights: { ...scaling(), ...moving } };
    }
    case 'layer-norm':
      return { kind: 'layerNorm', epsilon: Number(params.epsilon), weights: scaling() };
    case 'dropout': {
      const wholeChannels = params.wholeChannels === true && outputShape.length === 3;
      return params.rate === 0 ? null : { kind: 'dropout', rate: Number(params.rate), wholeChannels };
    }
    case 'gaussian-noise':
      return params.deviation === 0 ? null : { kind: 'noise', deviation: Number(params.deviation) };
    default:
      return null;
  }
}

/** As the compiler lowers layers for use (`lower-plan.ts`). */
function lowered(ops: LayerOps<Traced>, x: Traced, layer: Layer): Traced {
  const { type, params, inputShape, outputShape } = layer;
  if (type === 'flatten' || type === 'reshape') return ops.reshape(x, outputShape);
  if (type === 'output') return x;
  if (type === 'part') {
    const begin = outputShape.map((_, axis) => (axis === outputShape.length - 1 ? Number(params.begin) : 0));
    return ops.slice(x, begin, outputShape);
  }
  const block = blockOf(type);
  const mirror = layer.shared ? block?.tiedMirror : block?.mirror;
  const rule = layer.mirrored ? mirror : block?.encoder;
  if (!rule) throw new Error(`Layer ${layer.id} of the type “${type}” has no rule.`);
  return rule.lower(ops, x, { params, inputShape, outputShape });
}

/** The steps that lead to an output, in their order. */
function readSteps(steps: readonly Step[], outputId: string): readonly Step[] {
  const wanted = new Set([outputId]);
  const kept: Step[] = [];
  for (const step of steps.toReversed()) {
    if (!wanted.has(step.id) && step.operation.kind !== 'input') continue;
    for (const { id } of step.inputs) wanted.add(id);
    kept.unshift(step);
  }
  return kept;
}
