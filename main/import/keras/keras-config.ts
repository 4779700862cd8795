import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import type { Shape } from '../../../shared/tensors/shape';
import { damaged, isRecord } from '../untrusted-config';
import { layerChain } from './keras-chain';

/** A layer of a Keras config, not yet understood. */
export interface RawLayer {
  readonly className: string;
  /** With the names of the models it lies in: `encoder/dense_1`. */
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Where `model.weights.h5` of a `.keras` file holds its variables: `layers/sequential/layers/dense_1`. */
  readonly storePath: string;
  readonly half?: 'encoder' | 'decoder';
}

export interface RawModel {
  readonly name: string;
  readonly inputShape: Shape;
  readonly layers: readonly RawLayer[];
}

const MODELS: ReadonlySet<string> = new Set(['Sequential', 'Functional', 'Model']);
/** Layers that hold code in place of numbers. */
const CODE: ReadonlySet<string> = new Set([
  'Lambda',
  'TFOpLambda',
  'SlicingOpLambda',
  'TorchModuleWrapper',
  'JaxLayer',
  'FlaxLayer',
  'TFSMLayer',
  'ImageDataGenerator',
]);
/** Models in models. */
const DEEPEST = 8;
const MOST_LAYERS = 2_000;

/**
 * The layers of a Keras model, in the order they run, those of models inside it among them.
 *
 * @param file for people
 * @throws ProblemError where it is no such model, branches, or holds code
 */
export function rawModel(config: unknown, file: string): RawModel {
  const walk = new ConfigWalk(file);
  walk.model(config, { names: [], store: '', depth: 0 });
  const inputShape = walk.inputShape;
  if (!inputShape) throw damaged(file, 'it does not say what shape comes in');
  return { name: walk.name, inputShape, layers: walk.layers };
}

interface Place {
  readonly names: readonly string[];
  readonly store: string;
  readonly depth: number;
  readonly half?: 'encoder' | 'decoder';
}

class ConfigWalk {
  readonly layers: RawLayer[] = [];
  inputShape: Shape | null = null;
  name = '';

  constructor(readonly file: string) {}

  model(config: unknown, place: Place): void {
    if (place.depth > DEEPEST) throw damaged(this.file, 'models lie in models too deep');
    if (!isRecord(config) || typeof config.class_name !== 'string')
      throw damaged(this.file, 'it holds no model');
    if (!MODELS.has(config.class_name) || isCustom(config)) {
      throw new ProblemError(
        problem('IMPORT_CODE', { layer: nameOf(config) ?? 'the model', type: config.class_name }),
      );
    }
    // Sequential models of early versions are their list of layers.
    const inner = Array.isArray(config.config) ? { layers: config.config } : config.config;
    if (!isRecord(inner) || !Array.isArray(inner.layers)) throw damaged(this.file, 'its model has no layers');
    if (place.depth === 0) this.name = typeof inner.name === 'string' ? inner.name : '';
    this.#inputOf(inner);
    this.#inputOf(isRecord(config.build_config) ? config.build_config : {});
    const chain = config.class_name === 'Sequential' ? inner.layers : layerChain(inner, this.file);
    const halves = halvesOf(chain);
    const used = new Map<string, number>();
    // Names in the store count in the order of the list, whatever the order in which layers run.
    const stores = new Map(inner.layers.map((entry: unknown) => [entry, uniqueName(entry, used)] as const));
    for (const entry of chain) {
      if (!isRecord(entry) || typeof entry.class_name !== 'string')
        throw damaged(this.file, 'a layer has no kind');
      const names = [...place.names, nameOf(entry) ?? entry.class_name];
      const store = `${place.store}layers/${stores.get(entry) ?? ''}`;
      const half = place.half ?? halves.get(entry);
      this.#layer(entry, { names, store, depth: place.depth, ...(half ? { half } : {}) });
    }
  }

  #layer(entry: Readonly<Record<string, unknown>>, { names, store, depth, half }: Place): void {
    const className = String(entry.class_name);
    const name = names.join('/');
    if (MODELS.has(className)) {
      this.model(entry, { names, store: `${store}/`, depth: depth + 1, ...(half ? { half } : {}) });
      return;
    }
    if (CODE.has(className) || isCustom(entry)) {
      throw new ProblemError(problem('IMPORT_CODE', { layer: name, type: className }));
    }
    const config = isRecord(entry.config) ? entry.config : {};
    this.#inputOf(config);
    if (!this.inputShape && isRecord(entry.build_config)) this.#inputOf(entry.build_config);
    if (this.layers.length >= MOST_LAYERS) {
      throw new ProblemError(
        problem('IMPORT_TOO_MANY', { file: this.file, what: 'layers', limit: MOST_LAYERS }),
      );
    }
    this.layers.push({ className, name, config, storePath: store, ...(half ? { half } : {}) });
  }

  /** The shape of what comes in is said by the first layer, or by the model. */
  #inputOf(config: Readonly<Record<string, unknown>>): void {
    if (this.inputShape || this.layers.some(({ className }) => className !== 'InputLayer')) return;
    const shape =
      config.batch_shape ?? config.batch_input_shape ?? config.build_input_shape ?? config.input_shape;
    if (!Array.isArray(shape) || shape.length < 2) return;
    const lengths: unknown[] = shape.slice(1);
    if (lengths.every((length): length is number => Number.isSafeInteger(length) && Number(length) >= 1)) {
      this.inputShape = lengths;
    } else if (config.batch_shape !== undefined || config.batch_input_shape !== undefined) {
      throw damaged(this.file, `its samples have no one shape (${lengths.map(String).join(', ')})`);
    }
  }
}

/** Keras writes where classes come from; what isn't its own is code of someone else's. */
function isCustom({
  module,
  registered_name: registered,
  class_name: className,
}: Readonly<Record<string, unknown>>) {
  if (typeof module === 'string' && !/^(?:tf_)?keras(?:\.|$)/.test(module)) return true;
  return typeof registered === 'string' && registered !== className && registered.includes('>');
}

function nameOf(entry: Readonly<Record<string, unknown>>): string | null {
  const config = isRecord(entry.config) ? entry.config : {};
  const name = config.name ?? entry.name;
  return typeof name === 'string' && name !== '' ? name.slice(0, 100) : null;
}

/** Where a model is two models, these are its encoder and its decoder. */
function halvesOf(chain: readonly unknown[]): ReadonlyMap<unknown, 'encoder' | 'decoder'> {
  const models = chain.filter((entry) => isRecord(entry) && MODELS.has(String(entry.class_name)));
  const [encoder, decoder] = models;
  if (models.length === 2) {
    return new Map([
      [encoder, 'encoder'],
      [decoder, 'decoder'],
    ]);
  }
  return new Map();
}

/** How `keras.src.saving.saving_lib` names what it saves: the class in small letters, with a number from the second on. */
function uniqueName(entry: unknown, used: Map<string, number>): string {
  const className = isRecord(entry) && typeof entry.class_name === 'string' ? entry.class_name : '';
  const ofModel = className === 'Model' ? 'Functional' : className;
  const name = ofModel
    .replaceAll(/\W+/g, '')
    .replaceAll(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  const count = used.get(name);
  used.set(name, (count ?? -1) + 1);
  return count === undefined ? name : `${name}_${count + 1}`;
}
