import { type Hdf5Content, textKey } from '../../hdf5/hdf5-content';
import type { Hdf5Reader } from '../../hdf5/read-hdf5';
import type { ForeignLoss, ForeignModel } from '../foreign-layer';
import type { ImportLimits } from '../import-limits';
import { damaged, isRecord, parseConfig } from '../untrusted-config';
import { rawModel } from './keras-config';
import { kerasLayers } from './keras-layers';
import { lossNamed } from './keras-loss';
import type { WeightStore } from './keras-weights';

/**
 * Reads a Keras model in HDF5 (`model.save('….h5')`): its config is a text of the root, its weights lie in `model_weights`.
 *
 * @throws ProblemError also for a file of weights alone
 */
export async function readKerasH5(
  bytes: Uint8Array,
  file: string,
  limits: ImportLimits,
  hdf5: Hdf5Reader,
): Promise<ForeignModel> {
  const content = await hdf5(bytes, file, limits.hdf5);
  const config = content.texts.get(textKey('', 'model_config'));
  if (typeof config !== 'string')
    throw damaged(file, 'it holds weights without a model (save the whole model)');
  const model = rawModel(parseConfig(config, `The model of ${file}`), file);
  const version = content.texts.get(textKey('', 'keras_version'));
  return {
    madeBy: `Keras ${typeof version === 'string' ? version.slice(0, 20) : ''}`.trim(),
    name: model.name,
    inputShape: model.inputShape,
    layers: kerasLayers(model, legacyStore(content)),
    loss: trainedWith(content, file),
  };
}

/** By the names of layers and variables: `model_weights/encoder/dense/kernel:0`. */
function legacyStore({ datasets }: Pick<Hdf5Content, 'datasets'>): WeightStore {
  return {
    find(layer, names) {
      const own = layer.name.split('/');
      const found = [...datasets.keys()].filter((path) => {
        const parts = path.split('/');
        const variable = parts.at(-1)?.replace(/:0$/, '') ?? '';
        return names.includes(variable) && own.every((name) => parts.includes(name));
      });
      // Where a layer's name is also that of a model around another, the one that lies deepest is meant.
      const [best] = found.toSorted((a, b) => lastOwn(b, own) - lastOwn(a, own) || a.length - b.length);
      return best === undefined ? null : (datasets.get(best) ?? null);
    },
  };
}

function lastOwn(path: string, own: readonly string[]): number {
  const parts = path.split('/');
  return parts.at(-2) === own.at(-1) ? 1 : 0;
}

function trainedWith({ texts }: Hdf5Content, file: string): ForeignLoss | null {
  const config = texts.get(textKey('', 'training_config'));
  if (typeof config !== 'string') return null;
  const parsed = parseConfig(config, `The training settings of ${file}`);
  return isRecord(parsed) ? lossNamed(parsed.loss) : null;
}
