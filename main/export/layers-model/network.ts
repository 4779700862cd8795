import type { Shape } from '../../../shared/tensors/shape';
import type { LayerNames } from '../layer-names';

/** A tensor of a layer, by the name that tfjs-layers gives it: `kernel`, `moving_mean`. */
interface LayerWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** One layer of tfjs-layers, with the layers that it reads. */
export interface NetworkLayer {
  readonly className: string;
  readonly name: string;
  /** As in Keras' JSON: names with `_`. A layer's bias and activation may be set after it was made. */
  readonly config: Record<string, unknown>;
  readonly inputs: readonly NetworkLayer[];
  readonly weights: LayerWeight[];
  /** Of a sample. */
  readonly shape: Shape;
}

/** What a layer is made of, besides what it reads. */
export interface LayerMaking {
  readonly className: string;
  /** What its name is made from; names are made unlike. */
  readonly name: string;
  readonly shape: Shape;
  readonly config?: Record<string, unknown>;
  readonly weights?: readonly LayerWeight[];
}

/** A graph of tfjs-layers' layers that is put together one by one. */
export class Network {
  constructor(readonly names: LayerNames) {}

  input(name: string, shape: Shape): NetworkLayer {
    const config = { batch_input_shape: [null, ...shape], dtype: 'float32', sparse: false, name };
    return { className: 'InputLayer', name, config, inputs: [], weights: [], shape };
  }

  add(
    { className, name, shape, config = {}, weights = [] }: LayerMaking,
    ...inputs: NetworkLayer[]
  ): NetworkLayer {
    const unlike = this.names.another(name);
    return {
      className,
      name: unlike,
      config: { name: unlike, trainable: true, ...config },
      inputs,
      weights: [...weights],
      shape,
    };
  }
}

/** The layers that an output needs, each after those it reads. */
export function layersBefore(output: NetworkLayer): NetworkLayer[] {
  const order: NetworkLayer[] = [];
  const known = new Set<NetworkLayer>();
  // Depth first by hand: a drawing may be deeper than the stack.
  const open: { layer: NetworkLayer; next: number }[] = [{ layer: output, next: 0 }];
  known.add(output);
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const input = top.layer.inputs[top.next];
    top.next += 1;
    if (input === undefined) {
      order.push(top.layer);
      open.pop();
    } else if (!known.has(input)) {
      known.add(input);
      open.push({ layer: input, next: 0 });
    }
  }
  return order;
}

/** The model's topology, as `model.json` holds it. */
export function topologyOf(name: string, input: NetworkLayer, output: NetworkLayer) {
  const layers = layersBefore(output).map((layer) => ({
    class_name: layer.className,
    name: layer.name,
    config: layer.config,
    inbound_nodes: layer.inputs.length > 0 ? [layer.inputs.map((from) => [from.name, 0, 0, {}])] : [],
  }));
  return {
    class_name: 'Model',
    config: {
      name,
      layers,
      input_layers: [[input.name, 0, 0]],
      output_layers: [[output.name, 0, 0]],
    },
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  };
}
