import type * as TensorFlow from '@tensorflow/tfjs-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIVATIONS, type Activation, LEAKY_SLOPES } from '../../shared/blocks/layer-ops';
import type { Optimizer } from '../../shared/optimizers/catalogue';
import type { Layer, Plan } from '../../shared/plan/plan';
import type { Executor, ModelSession, Tensor } from '../execute/executor';
import { createOnnxExecutor } from '../execute/onnx/onnx-executor';
import { isTensorFlowPresent } from '../execute/tensorflow/is-present';
import { loadTfjsNode } from '../execute/tensorflow/load-tfjs-node';
import { createTensorFlowExecutor } from '../execute/tensorflow/tensorflow-executor';
import { permutation, uniforms } from '../random/philox';
import { activationsProgram } from './activations-program';
import { compile } from './compile';
import {
  activationsApartPlan,
  averagePlan,
  convPlan,
  densePlan,
  normalisedPlan,
  residualPlan,
  separablePlan,
  seriesPlan,
  skipsPlan,
  sumPlan,
} from './fixtures/plans';
import { initialState } from './initial-state';
import { weightName } from './lower-plan';
import { weightState } from './weight-state';

const present = isTensorFlowPresent();
if (!present)
  console.warn('TensorFlow has not been fetched: training is not compared with LayersModel here.');

const SAMPLES = 64;
const BATCH = 16;
const STEPS = 50;

/** Trained with every optimizer. */
const plans: Readonly<Record<string, Plan>> = { 'dense, BCE': densePlan(), 'conv, MSE': convPlan() };
/** Trained with Adam alone: further blocks, and further losses on a linear output, which leaves 0–1. */
const furtherPlans: Readonly<Record<string, Plan>> = {
  'activations apart, MSE': activationsApartPlan(),
  'residual, MSE': residualPlan(),
  'series, MSE': seriesPlan(),
  'depthwise, MSE': separablePlan(),
  'average pool, MSE': averagePlan(),
  'normalisation, MSE': normalisedPlan(),
  'skips, MSE': skipsPlan(),
  'sum of branches, MSE': sumPlan(),
  'dense, MAE': densePlan({ activation: 'linear', loss: 'mae' }),
  'dense, Huber': densePlan({ activation: 'linear', loss: 'huber' }),
};
/**
 * tfjs adds Adam's epsilon to the bias-corrected √v̂, Keras and this compiler to √v (Kingma & Ba's ε̂): with the usual
 * 1e-7 that alone moves weights of tiny gradients, so the oracle is asked with an epsilon that does not.
 */
const TINY_EPSILON = 1e-10;

const optimizers: readonly { readonly optimizer: Optimizer; readonly learningRate: number }[] = [
  { optimizer: { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: TINY_EPSILON }, learningRate: 0.003 },
  { optimizer: { type: 'sgd', momentum: 0 }, learningRate: 0.2 },
  { optimizer: { type: 'sgd', momentum: 0.9 }, learningRate: 0.05 },
  { optimizer: { type: 'rmsprop', rho: 0.9, momentum: 0, epsilon: 1e-7 }, learningRate: 0.002 },
  { optimizer: { type: 'rmsprop', rho: 0.9, momentum: 0.5, epsilon: 1e-7 }, learningRate: 0.002 },
];
const cases = Object.entries({ ...plans, ...furtherPlans }).flatMap(([name, plan]) =>
  (name in plans ? optimizers : optimizers.slice(0, 1)).map(({ optimizer, learningRate }) => {
    const momentum = Number(optimizer.momentum ?? 0) > 0 ? ' with momentum' : '';
    return { title: `${name}, ${optimizer.type}${momentum}`, plan, optimizer, learningRate };
  }),
);

/** Smooth pictures, so that there is something to learn: waves of random direction and phase. */
function samplesFor(plan: Plan): Uint8Array {
  const [height = 1, width = 1, channels = 1] = plan.inputShape;
  return Uint8Array.from({ length: SAMPLES * height * width * channels }, (_, i) => {
    const place = i % (height * width * channels);
    const [u = 0, v = 0, phase = 0] = uniforms(9, 'waves', Math.floor(i / (height * width * channels)), 3);
    const [x, y] = [Math.floor(place / channels) % width, Math.floor(place / channels / width)];
    return Math.round(127.5 * (1 + Math.sin(u * x + v * y + 6 * phase + (place % channels))));
  });
}

/** The batches of all steps, as rows of the samples. */
const batches = Array.from({ length: STEPS }, (_, step) =>
  permutation(4, 'batch', step, SAMPLES).slice(0, BATCH),
);

async function openSession(executor: Executor, plan: Plan, optimizer: Optimizer): Promise<ModelSession> {
  const set = compile(plan, {
    sample: { dtype: 'uint8' },
    dataCount: SAMPLES,
    batchSize: BATCH,
    remainder: 0,
    evaluationBatch: BATCH,
    reconstructBatch: BATCH,
    optimizer,
  });
  const data = { dtype: 'uint8', shape: [SAMPLES, ...plan.inputShape], data: samplesFor(plan) } as const;
  return executor.load(set, initialState(plan, optimizer, 1), { data, threads: 1 });
}

function scalarOf(tensor: Tensor | undefined): number {
  return tensor?.data[0] ?? Number.NaN;
}

async function trainingLosses(session: ModelSession, learningRate: number): Promise<number[]> {
  const rate: Tensor = { dtype: 'float32', shape: [], data: Float32Array.of(learningRate) };
  const losses: number[] = [];
  for (const rows of batches) {
    const indices: Tensor = { dtype: 'int32', shape: [BATCH], data: rows };
    const { outputs, finite } = await session.run('step', { indices, learningRate: rate });
    expect(finite).toBe(true);
    losses.push(scalarOf(outputs.loss));
  }
  return losses;
}

/** The same layers as a tf.LayersModel, with the same weights. */
function layersModel(tf: typeof TensorFlow, plan: Plan, state: ReadonlyMap<string, Tensor>) {
  const values = symbolsOf(tf, plan, state);
  const [input, output] = [plan.layers[0]?.id ?? '', plan.layers.at(-1)?.id ?? ''];
  return tf.model({ inputs: values.get(input)!, outputs: values.get(output)! });
}

/** What every layer gives out, in tfjs-layers. */
function symbolsOf(
  tf: typeof TensorFlow,
  plan: Plan,
  state: ReadonlyMap<string, Tensor>,
): ReadonlyMap<string, TensorFlow.SymbolicTensor> {
  const values = new Map<string, TensorFlow.SymbolicTensor>();
  const symbolOf = (id: string | undefined) => {
    const value = values.get(id ?? '');
    if (!value) throw new Error(`The oracle has not built ${id} yet.`);
    return value;
  };
  /** Applies layers one after the other; those with weights take the plan layer's, in their order. */
  const through = (plans: Layer, input: TensorFlow.SymbolicTensor, layers: readonly OracleLayer[]) => {
    const names = plans.weights.map(({ name }) => weightName(plans.id, name));
    let value = input;
    for (const layer of layers) {
      value = one(layer.apply(value));
      // A transposed convolution along a series stands in for itself one pixel high.
      const shapes = layer.weights.map((weight) => weight.shape.map((length) => length ?? 0));
      const own = names.splice(0, shapes.length).map((name, place) => {
        const data = Float32Array.from(state.get(name)?.data ?? []);
        return tf.tensor(isTurned(plans) && place === 0 ? turned(data, shapes[place]) : data, shapes[place]);
      });
      layer.setWeights(own);
    }
    expect(names, plans.id).toEqual([]);
    return value;
  };
  for (const layer of plan.layers) {
    if (layer.type === 'input') {
      values.set(layer.id, tf.input({ shape: [...layer.outputShape] }));
      continue;
    }
    const given = layer.inputs.map(symbolOf);
    const joining = layer.join === 'add' ? tf.layers.add() : tf.layers.concatenate({ axis: -1 });
    const x = layer.join ? one(joining.apply(given)) : symbolOf(layer.inputs[0]);
    const y = through(layer, x, oracleLayers(tf, layer));
    const activation = () => tf.layers.activation({ activation: oracleActivation(layer.activation) });
    values.set(
      layer.id,
      layer.type === 'residual' ? one(activation().apply(one(tf.layers.add().apply([x, y])))) : y,
    );
  }
  return values;
}

/** Whether tfjs-layers can only have a layer by its kernel turned by half a turn. */
function isTurned({ mirrored, params }: Layer): boolean {
  return mirrored && Number(params.groups ?? 1) > 1;
}

/** A kernel [height, width, …] turned by half a turn. */
function turned(kernel: Float32Array, [height = 0, width = 0]: readonly number[] = []): Float32Array {
  const each = kernel.length / height / width;
  return Float32Array.from(kernel, (_, i) => {
    const place = height * width - 1 - Math.floor(i / each);
    return kernel[place * each + (i % each)] ?? Number.NaN;
  });
}

type OracleLayer = TensorFlow.layers.Layer;

function one(applied: TensorFlow.SymbolicTensor | TensorFlow.Tensor | readonly unknown[]) {
  if (!('sourceLayer' in applied)) throw new Error('The oracle applies layers to symbolic values alone.');
  return applied;
}

/** tfjs has leaky ReLUs as layers alone, and no GELU by erf. */
function isOracles(
  activation: Activation,
): activation is Exclude<Activation, 'gelu' | `leakyRelu${'' | '001' | '01' | '03'}`> {
  return activation !== 'gelu' && !(activation in LEAKY_SLOPES);
}

function oracleActivation(activation: Activation) {
  if (!isOracles(activation)) throw new Error('tfjs has no such activation.');
  return activation;
}

/** What a layer is in tfjs-layers: its activation is that of the last one, but for a residual block's. */
function oracleLayers(tf: typeof TensorFlow, layer: Layer): readonly OracleLayer[] {
  const { type, mirrored, params, inputShape, outputShape } = layer;
  const activation = oracleActivation(layer.activation);
  const number = (name: string) => Number(params[name]);
  const channels = outputShape.at(-1) ?? 0;
  const depthwise = () => {
    // The transpose of a depthwise convolution, by steps of 1 and one filter a channel, is one with its kernel turned.
    const options = { kernelSize: number('kernel'), padding: 'same', activation } as const;
    return tf.layers.depthwiseConv2d({ ...options, depthMultiplier: 1 });
  };
  const convolution = (stride: number, own: typeof activation) => {
    const options = {
      filters: channels,
      kernelSize: number('kernel'),
      strides: stride,
      padding: 'same',
      activation: own,
    } as const;
    return mirrored ? tf.layers.conv2dTranspose(options) : tf.layers.conv2d(options);
  };
  /** tfjs-layers has no such layer for series, but for pictures one pixel high. */
  const asPictures = (inner: OracleLayer) => [
    tf.layers.reshape({ targetShape: [1, ...inputShape] }),
    inner,
    tf.layers.reshape({ targetShape: [...outputShape] }),
  ];
  switch (type) {
    case 'flatten':
    case 'reshape':
      return [tf.layers.reshape({ targetShape: [...outputShape] })];
    case 'dense':
    case 'code':
      return [tf.layers.dense({ units: channels, activation })];
    case 'conv':
      return [number('groups') > 1 ? depthwise() : convolution(number('stride'), activation)];
    case 'residual': {
      const inner = ACTIVATIONS.find((name) => name === params.innerActivation) ?? 'linear';
      return [convolution(1, oracleActivation(inner)), convolution(1, 'linear')];
    }
    case 'batch-norm':
      return [tf.layers.batchNormalization({ momentum: number('momentum'), epsilon: number('epsilon') })];
    case 'layer-norm':
      return [tf.layers.layerNormalization({ epsilon: number('epsilon') })];
    case 'activation':
      return [tf.layers.activation({ activation })];
    case 'conv1d': {
      const strides = number('stride');
      const options = { filters: channels, padding: 'same', activation } as const;
      if (!mirrored) return [tf.layers.conv1d({ ...options, kernelSize: number('kernel'), strides })];
      const kernelSize: [number, number] = [1, number('kernel')];
      return asPictures(tf.layers.conv2dTranspose({ ...options, kernelSize, strides: [1, strides] }));
    }
    case 'max-pool':
    case 'average-pool': {
      const size = number('size');
      if (mirrored) return [tf.layers.upSampling2d({ size: [size, size] })];
      const options = { poolSize: size, strides: size, padding: 'same' } as const;
      return [type === 'max-pool' ? tf.layers.maxPooling2d(options) : tf.layers.averagePooling2d(options)];
    }
    case 'max-pool1d':
    case 'average-pool1d': {
      const size = number('size');
      if (mirrored) return asPictures(tf.layers.upSampling2d({ size: [1, size] }));
      const options = { poolSize: size, strides: size, padding: 'same' } as const;
      return [type === 'max-pool1d' ? tf.layers.maxPooling1d(options) : tf.layers.averagePooling1d(options)];
    }
    case 'add':
    case 'sum':
    case 'output':
      return [];
    default:
      throw new Error(`The oracle has no layer “${type}”.`);
  }
}

function layersModelOptimizer(tf: typeof TensorFlow, optimizer: Optimizer, learningRate: number) {
  const { type, ...params } = optimizer;
  const of = (name: string) => Number(params[name]);
  switch (type) {
    case 'adam':
      return tf.train.adam(learningRate, of('beta1'), of('beta2'), of('epsilon'));
    case 'sgd':
      return of('momentum') > 0
        ? tf.train.momentum(learningRate, of('momentum'))
        : tf.train.sgd(learningRate);
    case 'rmsprop':
      return tf.train.rmsprop(learningRate, of('rho'), of('momentum'), of('epsilon'));
    default:
      throw new Error(`The oracle is not asked about ${type}.`);
  }
}

function layersModelLoss(tf: typeof TensorFlow, { losses: [first] }: Plan) {
  switch (first?.loss) {
    case 'mse':
      return 'meanSquaredError';
    case 'bce':
      return 'binaryCrossentropy';
    case 'mae':
      return 'meanAbsoluteError';
    case 'huber':
      return (target: TensorFlow.Tensor, prediction: TensorFlow.Tensor) =>
        tf.losses.huberLoss(target, prediction);
    case 'ssim':
    case 'cosine':
    case undefined:
      throw new Error(`The oracle is not asked about ${first?.loss}.`);
  }
}

describe.skipIf(!present)('against tf.LayersModel with the same weights', () => {
  let tf: typeof TensorFlow;
  let executors: Executor[];
  beforeAll(async () => {
    tf = await loadTfjsNode();
    executors = [await createTensorFlowExecutor(), await createOnnxExecutor()];
  });
  afterAll(() => tf?.disposeVariables());

  it.each(Object.entries({ ...plans, ...furtherPlans }))(
    '%s: the same reconstructions to 1e-5',
    async (_, plan) => {
      const optimizer: Optimizer = { type: 'sgd', momentum: 0 };
      const model = layersModel(tf, plan, initialState(plan, optimizer, 1));
      const data = samplesFor(plan).slice(0, (BATCH * samplesFor(plan).length) / SAMPLES);
      const shape = [BATCH, ...plan.inputShape];
      const predicted = model.predict(tf.tensor(data, shape, 'float32').div(255));
      if (Array.isArray(predicted)) throw new Error('The oracle has one output.');
      const expected = await predicted.data();
      for (const executor of executors) {
        const session = await openSession(executor, plan, optimizer);
        const { outputs } = await session.run('reconstruct', { batch: { dtype: 'uint8', shape, data } });
        await session.dispose();
        expect(outputs.reconstructions?.shape).toEqual(shape);
        const worst = Math.max(
          ...Array.from(outputs.reconstructions?.data ?? [], (x, i) => Math.abs(x - Number(expected[i]))),
        );
        expect(worst, executor.describe().name).toBeLessThan(1e-5);
      }
    },
  );

  it.each(Object.entries({ ...plans, ...furtherPlans }))(
    '%s: every layer gives out the same to 1e-5',
    async (_, plan) => {
      const state = initialState(plan, { type: 'sgd', momentum: 0 }, 1);
      const symbols = symbolsOf(tf, plan, state);
      const input = symbols.get(plan.layers[0]?.id ?? '');
      const others = [...symbols].filter(([, symbol]) => symbol !== input);
      expect(others.length).toBe(plan.layers.length - 1);
      const outputs = [...new Set(others.map(([, symbol]) => symbol))];
      if (!input) throw new Error('The oracle has no input.');
      const model = tf.model({ inputs: input, outputs });
      const data = samplesFor(plan).slice(0, (BATCH * samplesFor(plan).length) / SAMPLES);
      const shape = [BATCH, ...plan.inputShape];
      const predicted = [model.predict(tf.tensor(data, shape, 'float32').div(255))].flat();
      const expected = await Promise.all(predicted.map((tensor) => tensor.data()));
      for (const executor of executors) {
        const options = { name: 'activations', dtype: 'uint8', count: BATCH } as const;
        const { program, outputOf } = activationsProgram(plan, options);
        const session = await executor.load({ state: weightState(plan), programs: [program] }, state);
        const found = await session.run('activations', { batch: { dtype: 'uint8', shape, data } });
        await session.dispose();
        for (const [id, symbol] of others) {
          const values = found.outputs[outputOf.get(id) ?? '']?.data ?? [];
          const wanted = expected[outputs.indexOf(symbol)] ?? [];
          expect(values.length, id).toBe(wanted.length);
          const worst = Math.max(...Array.from(values, (x, i) => Math.abs(x - Number(wanted[i]))));
          expect(worst, `${executor.describe().name}, ${id}`).toBeLessThan(1e-5);
        }
      }
    },
  );

  it.each(cases)('$title: the same losses over 50 steps to 1e-3', async (each) => {
    const { plan, optimizer, learningRate } = each;
    const model = layersModel(tf, plan, initialState(plan, optimizer, 1));
    model.compile({
      optimizer: layersModelOptimizer(tf, optimizer, learningRate),
      loss: layersModelLoss(tf, plan),
    });
    const samples = tf.tensor(samplesFor(plan), [SAMPLES, ...plan.inputShape], 'float32').div(255);
    const expected: number[] = [];
    for (const rows of batches) {
      const batch = samples.gather(tf.tensor1d(rows, 'int32'));
      expected.push(Number(await model.trainOnBatch(batch, batch)));
    }
    expect(expected.at(-1)).toBeLessThan((expected[0] ?? 0) * 0.99);
    for (const executor of executors) {
      const session = await openSession(executor, plan, optimizer);
      const losses = await trainingLosses(session, learningRate);
      await session.dispose();
      const apart = losses.map((value, i) => Math.abs(value / (expected[i] ?? Number.NaN) - 1));
      expect(Math.max(...apart), executor.describe().name).toBeLessThan(1e-3);
    }
  });
});
