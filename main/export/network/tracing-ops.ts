import {
  type Activation,
  type ConvolutionOptions,
  isLeakyLayer,
  type LayerOps,
  type Pads,
  type Pair,
} from '../../../shared/blocks/layer-ops';
import { ShapeOps } from '../../../shared/blocks/shape-ops';
import type { Layer } from '../../../shared/plan/plan';
import { type Shape, sameShape } from '../../../shared/tensors/shape';
import { weightName } from '../../compile/lower-plan';
import type { Operation, Step, WeightUse } from './network';

/** What a lowering holds: what a step gives out, or a weight. A series may be seen as the picture one pixel high. */
export type Traced =
  | { readonly step: Step; readonly shape: Shape }
  | { readonly weight: WeightUse; readonly shape: Shape };

/** Steps as they are made; what follows a product may still be taken into it. */
export class StepList {
  readonly #steps: { -readonly [key in keyof Step]: Step[key] }[] = [];
  readonly #read = new Set<Step>();
  readonly #ids = new Set<string>();

  get steps(): readonly Step[] {
    return this.#steps;
  }

  /** @param aside what it is for, where it is not to go by the layer's own id */
  add(layerId: string, operation: Operation, inputs: readonly Step[], shape: Shape, aside?: string): Step {
    const role = aside ?? (this.#ids.has(layerId) ? operation.kind : null);
    const wish = role === null ? layerId : `${layerId}~${role}`;
    let id = wish;
    for (let number = 2; this.#ids.has(id); number++) id = `${wish}-${number}`;
    this.#ids.add(id);
    for (const input of inputs) this.#read.add(input);
    const step = { id, layerId, operation, inputs, shape };
    this.#steps.push(step);
    return step;
  }

  /** Changes what a step of this layer does, where nothing has read it yet. @returns whether it could */
  change(layerId: string, step: Step, change: (operation: Operation) => Operation | null): boolean {
    // What other layers gave out may still be read by others than this one.
    const own = step.layerId === layerId ? this.#steps.findLast((each) => each === step) : undefined;
    const changed = own && !this.#read.has(step) ? change(own.operation) : null;
    if (!own || !changed) return false;
    own.operation = changed;
    return true;
  }
}

/** Thrown where a block does what no step does. */
export class NoSuchStep extends Error {}

/**
 * Runs the lowering of one layer's block and keeps what it asks for as steps. What acts in training alone is left out.
 * Shapes are found, and checked, by the same rules as those of the engines (`ShapeOps`).
 */
export function tracingOps(list: StepList, layer: Layer): LayerOps<Traced> {
  const shapes = new ShapeOps([]);
  const add = (operation: Operation, from: readonly Traced[], shape: Shape, aside?: string): Traced => {
    const isSeries = from.some((each) => 'step' in each && each.step.shape.length < each.shape.length);
    const kept = isSeries && shape.length === 3 ? shape.slice(1) : shape;
    return { step: list.add(layer.id, operation, from.map(stepOf), kept, aside), shape };
  };
  const axesOf = (x: Traced): 1 | 2 => (stepOf(x).shape.length < x.shape.length ? 1 : 2);
  const convolved = (
    x: Traced,
    kernel: Traced,
    { dilation = [1, 1], groups = 1, ...rest }: ConvolutionOptions,
  ) => ({
    axes: axesOf(x),
    kernel: weightOf(kernel),
    bias: null,
    activation: 'linear' as const,
    stride: rest.stride,
    pads: rest.pads,
    dilation: Math.max(...dilation),
    groups,
  });
  const pool =
    (keeps: 'max' | 'average') =>
    (x: Traced, options: { size: Pair; stride: number; pads: Pads }): Traced =>
      add({ kind: 'pool', keeps, axes: axesOf(x), ...options }, [x], shapes.maxPool2d(x.shape, options));
  const refused = (what: string) => () => {
    throw new NoSuchStep(what);
  };
  return {
    training: false,
    shapeOf: (x) => x.shape,
    weight(name, shape) {
      const own = layer.weights.find((weight) => weight.name === name);
      const shared = layer.shared?.weights.find((weight) => weight.name === name);
      const found = own ?? shared;
      if (!found) throw new Error(`Layer ${layer.id} has not declared the weight “${name}”.`);
      const owner = own ? layer.id : (layer.shared?.layerId ?? layer.id);
      const weight = { name: weightName(owner, name), shape: found.shape };
      return { weight, shape: shape ?? found.shape };
    },
    matmul: (x, kernel) => {
      const operation = { kind: 'dense', kernel: weightOf(kernel), transposed: false, ...PLAIN } as const;
      return add(operation, [x], shapes.matmul(x.shape, kernel.shape));
    },
    matmulTransposed: (x, kernel) => {
      const operation = { kind: 'dense', kernel: weightOf(kernel), transposed: true, ...PLAIN } as const;
      return add(operation, [x], shapes.matmulTransposed(x.shape, kernel.shape));
    },
    biasAdd(x, bias) {
      const use = weightOf(bias);
      const taken = list.change(layer.id, stepOf(x), (operation) =>
        takesBias(operation) && operation.bias === null ? { ...operation, bias: use } : null,
      );
      if (!taken) throw new NoSuchStep('adds a bias to what is no product');
      return x;
    },
    activate(x, activation) {
      if (activation === 'linear') return x;
      const taken =
        !isLeakyLayer(activation) &&
        list.change(layer.id, stepOf(x), (operation) => withActivation(operation, activation));
      return taken ? x : add({ kind: 'activation', activation }, [x], x.shape);
    },
    conv2d: (x, kernel, options) =>
      add(
        { kind: 'conv', ...convolved(x, kernel, options) },
        [x],
        shapes.conv2d(x.shape, kernel.shape, options),
      ),
    conv2dTranspose: (x, kernel, options) =>
      add(
        { kind: 'convTranspose', ...convolved(x, kernel, options) },
        [x],
        shapes.conv2dTranspose(x.shape, kernel.shape, options),
      ),
    maxPool2d: pool('max'),
    averagePool2d: pool('average'),
    upsampleNearest2d(x, factor) {
      const operation = { kind: 'upsample', axes: axesOf(x), factor, method: 'nearest' } as const;
      return add(operation, [x], shapes.upsampleNearest2d(x.shape, factor));
    },
    add: (a, b) => add({ kind: 'add' }, [a, b], shapes.add(a.shape, b.shape)),
    slice(x, begin, size) {
      const kept = axesOf(x) === 1 ? begin.slice(1) : begin;
      return add({ kind: 'slice', begin: kept }, [x], shapes.slice(x.shape, begin, size));
    },
    concat(parts, axis) {
      const [first] = parts;
      const isSeries = first && axesOf(first) === 1 && first.shape.length === 3;
      const shape = shapes.concat(
        parts.map((part) => part.shape),
        axis,
      );
      return add({ kind: 'concat', axis: isSeries ? axis - 1 : axis }, parts, shape);
    },
    reshape(x, shape) {
      const { step } = stepAnd(x);
      // A series seen as a picture, and back again.
      const seen = shape.length === 3 && shape[0] === 1 ? shape.slice(1) : shape;
      if (step.shape.length === 2 && sameShape(seen, step.shape)) return { step, shape };
      if (sameShape(shape, step.shape)) return { step, shape };
      return add({ kind: 'reshape' }, [x], shapes.reshape(x.shape, shape));
    },
    alongAxis(x, axis, matrix) {
      const operation = { kind: 'mix', axis, matrix } as const;
      return add(operation, [x], shapes.alongAxis(x.shape, axis, matrix));
    },
    joinGroups: (x, parts, groups) =>
      add({ kind: 'joinGroups', parts, groups }, [x], shapes.joinGroups(x.shape, parts, groups), 'groups'),
    // What a variational code keeps for the loss; nothing reads it, so that its steps are left out.
    keep: () => {},
    mul: refused('multiplies values with each other'),
    affine: refused('computes with single numbers'),
    scaleChannels: refused('scales channels'),
    channelMeans: refused('takes means of a batch'),
    placeMeans: refused('takes means of channels'),
    inverseRoot: refused('takes roots'),
    exp: refused('takes powers of e'),
    clip: refused('clips values'),
    atLeast: refused('compares values with a threshold'),
    constant: refused('uses constants'),
    repeat: refused('repeats values'),
    random: refused('draws random numbers'),
    assign: refused('changes weights'),
  };
}

const PLAIN = { bias: null, activation: 'linear' } as const;

/** Products: they can take what follows them, the bias and the activation. */
function takesBias(operation: Operation): operation is Extract<Operation, { readonly bias: unknown }> {
  return operation.kind === 'dense' || operation.kind === 'conv' || operation.kind === 'convTranspose';
}

function withActivation(operation: Operation, activation: Activation): Operation | null {
  return takesBias(operation) && operation.activation === 'linear' ? { ...operation, activation } : null;
}

function stepAnd(x: Traced): { readonly step: Step; readonly shape: Shape } {
  if ('step' in x) return x;
  throw new NoSuchStep('computes with weights');
}

function stepOf(x: Traced): Step {
  return stepAnd(x).step;
}

function weightOf(x: Traced): WeightUse {
  if ('weight' in x) return x.weight;
  throw new NoSuchStep('has no weight where one belongs');
}
