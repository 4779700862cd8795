import { basename } from 'node:path';
import type { Hdf5Content } from '../../hdf5/hdf5-content';
import type { Hdf5Reader } from '../../hdf5/read-hdf5';
import { CheckedArchive } from '../../models/checked-archive';
import type { ForeignModel } from '../foreign-layer';
import type { ImportLimits } from '../import-limits';
import { damaged, isRecord, parseConfig } from '../untrusted-config';
import { rawModel } from './keras-config';
import { kerasLayers } from './keras-layers';
import { lossNamed } from './keras-loss';
import type { WeightStore } from './keras-weights';

const CONFIG = 'config.json';
const WEIGHTS = 'model.weights.h5';

/**
 * Reads a Keras 3 model (`model.save('….keras')`), a zip of `config.json` and `model.weights.h5`.
 *
 * @throws ProblemError
 */
export async function readKerasZip(
  path: string,
  limits: ImportLimits,
  hdf5: Hdf5Reader,
): Promise<ForeignModel> {
  const file = basename(path);
  const archive = await CheckedArchive.open(path, { entries: 1_000 });
  try {
    if (!archive.has(CONFIG) || !archive.has(WEIGHTS))
      throw damaged(file, `it holds no ${CONFIG} or no ${WEIGHTS}`);
    const text = new TextDecoder().decode(await archive.readWhole(CONFIG, limits.configBytes));
    const config = parseConfig(text, `${CONFIG} of ${file}`);
    const model = rawModel(config, file);
    const weights = await archive.readWhole(WEIGHTS, limits.fileBytes);
    const content = await hdf5(weights, `${WEIGHTS} of ${file}`, limits.hdf5);
    const compiled = isRecord(config) && isRecord(config.compile_config) ? config.compile_config : {};
    return {
      madeBy: await madeBy(archive),
      name: model.name,
      inputShape: model.inputShape,
      layers: kerasLayers(model, savedStore(content)),
      loss: lossNamed(compiled.loss),
    };
  } finally {
    await archive.close();
  }
}

/** By the places of `keras.src.saving.saving_lib`: `layers/dense_1/vars/0`. */
function savedStore({ datasets }: Hdf5Content): WeightStore {
  return { find: (layer, _names, place) => datasets.get(`${layer.storePath}/vars/${place}`) ?? null };
}

async function madeBy(archive: CheckedArchive): Promise<string> {
  if (!archive.has('metadata.json')) return 'Keras';
  const metadata = parseConfig(
    new TextDecoder().decode(await archive.readWhole('metadata.json', 1_000_000)),
    'metadata.json',
  );
  return isRecord(metadata) && typeof metadata.keras_version === 'string'
    ? `Keras ${metadata.keras_version.slice(0, 20)}`
    : 'Keras';
}
