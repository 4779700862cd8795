import { blockOf } from '../../shared/blocks/catalogue';
import type { LayerOps, Pads } from '../../shared/blocks/layer-ops';
import type { Layer } from '../../shared/plan/plan';
import type { Value } from '../ops/program';
import type { ProgramBuilder } from './program-builder';

/** The state tensor of a layer's weight: `conv-1/kernel`. */
export function weightName(layer: Layer, weight: string): string {
  return `${layer.id}/${weight}`;
}

/** Adds the nodes of these layers, in their order, to a batch of what the first of them reads. */
export function lowerLayers(build: ProgramBuilder, layers: readonly Layer[], x: Value): Value {
  return layers.reduce((value, layer) => build.inLayer(layer.id, () => lowerLayer(build, layer, value)), x);
}

function lowerLayer(build: ProgramBuilder, layer: Layer, x: Value): Value {
  const ops = layerOps(build, layer);
  if (layer.type === 'flatten' || layer.type === 'reshape') return ops.reshape(x, layer.outputShape);
  if (layer.type === 'output') return x;
  const block = blockOf(layer.type);
  if (!block) throw new Error(`Layer ${layer.id} is of the unknown type “${layer.type}”.`);
  const rule = layer.mirrored ? block.mirror : block.encoder;
  const { params, inputShape, outputShape } = layer;
  return ops.activate(rule.lower(ops, x, { params, inputShape, outputShape }), layer.activation);
}

const LINEAR_OPS = new Set(['matmul', 'conv2d', 'conv2dInputGradient']);

/** The operations blocks are lowered by, on batches: shapes of samples get the batch axis in front. */
function layerOps(build: ProgramBuilder, layer: Layer): LayerOps<Value> {
  const batchOf = (x: Value): number => x.shape[0] ?? 0;
  return {
    shapeOf: (x) => x.shape.slice(1),
    weight(name) {
      const spec = layer.weights.find((weight) => weight.name === name);
      if (!spec) throw new Error(`Layer ${layer.id} has not declared the weight “${name}”.`);
      return build.read(weightName(layer, name), spec.shape);
    },
    matmul: (x, kernel) => build.add('matmul', [x, kernel]),
    biasAdd(x, bias) {
      // The products take the bias themselves, which saves a pass over the result.
      const node = build.producer(x);
      if (!node || !LINEAR_OPS.has(node.op) || node.inputs.length > 2) return build.add('biasAdd', [x, bias]);
      return build.add(node.op, [...node.inputs, bias], node.attributes);
    },
    conv2d: (x, kernel, { stride, pads }) => build.add('conv2d', [x, kernel], { stride, pads: listed(pads) }),
    conv2dTranspose: (x, kernel, { stride, pads, outputSize }) =>
      build.add('conv2dInputGradient', [x, kernel], { stride, pads: listed(pads), size: outputSize }),
    maxPool2d: (x, { size, stride, pads }) =>
      build.add('maxPool2d', [x], { size, stride, pads: listed(pads) }),
    upsampleNearest2d: (x, factor) => build.add('upsampleNearest2d', [x], { factor }),
    slice: (x, begin, size) => build.add('slice', [x], { begin: [0, ...begin], size: [batchOf(x), ...size] }),
    concat: (parts, axis) => build.add('concat', parts, { axis: axis + 1 }),
    reshape: (x, shape) => build.add('reshape', [x], { shape: [batchOf(x), ...shape] }),
    activate: (x, activation) => (activation === 'linear' ? x : build.add(activation, [x])),
  };
}

function listed({ top, bottom, left, right }: Pads): readonly number[] {
  return [top, bottom, left, right];
}
