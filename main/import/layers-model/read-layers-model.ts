import { basename } from 'node:path';
import { z } from 'zod';
import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import type { StoredTensor } from '../../hdf5/hdf5-content';
import { readBeside, wholeFile } from '../foreign-bytes';
import type { ForeignModel } from '../foreign-layer';
import { halfOf } from '../half-numbers';
import type { ImportLimits } from '../import-limits';
import { rawModel } from '../keras/keras-config';
import { kerasLayers } from '../keras/keras-layers';
import type { WeightStore } from '../keras/keras-weights';
import { damaged, isRecord, parseConfig } from '../untrusted-config';

const quantization = z.object({
  dtype: z.enum(['uint8', 'uint16', 'float16']),
  min: z.number().optional(),
  scale: z.number().optional(),
});
const weight = z.object({
  name: z.string().max(1_000),
  shape: z.array(z.int().min(0)).max(8),
  dtype: z.enum(['float32', 'int32', 'uint8', 'bool', 'float16']),
  quantization: quantization.optional(),
});
const manifestSchema = z
  .array(
    z.object({ paths: z.array(z.string().max(1_000)).max(10_000), weights: z.array(weight).max(20_000) }),
  )
  .max(1_000);

type Weight = z.infer<typeof weight>;

/** Bytes of a number as it lies in the file. */
const WIDTHS = { float32: 4, int32: 4, uint8: 1, bool: 1, float16: 2, uint16: 2 } as const;

/**
 * Reads a TensorFlow.js LayersModel: `model.json` and the weight files it names, which lie beside it.
 *
 * @throws ProblemError
 */
export async function readLayersModel(path: string, limits: ImportLimits): Promise<ForeignModel> {
  const file = basename(path);
  const text = new TextDecoder().decode(await wholeFile(path, { fileBytes: limits.configBytes }));
  const config = parseConfig(text, file);
  if (!isRecord(config)) throw damaged(file, 'it holds no model');
  if (config.format === 'graph-model') {
    const found = 'is a TensorFlow.js graph model, which has no layers any more';
    throw new ProblemError(problem('IMPORT_NOT_RECOGNISED', { file, found }));
  }
  const topology = isRecord(config.modelTopology) ? config.modelTopology : config;
  const model = rawModel(isRecord(topology.model_config) ? topology.model_config : topology, file);
  const manifest = manifestSchema.safeParse(config.weightsManifest);
  if (!manifest.success) throw damaged(file, 'its list of weights can’t be read');
  const tensors = new Map<string, StoredTensor>();
  let total = 0;
  for (const { paths, weights } of manifest.data) {
    const lengths = weights.map((each) => bytesOf(each, file));
    total += lengths.reduce((sum, length) => sum + length, 0);
    if (total > limits.weightBytes) {
      throw new ProblemError(
        problem('IMPORT_TOO_LARGE', { file, what: 'The weights', bytes: total, limit: limits.weightBytes }),
      );
    }
    const bytes = await groupBytes(
      path,
      paths,
      lengths.reduce((sum, length) => sum + length, 0),
    );
    let at = 0;
    for (const [index, each] of weights.entries()) {
      const length = lengths[index] ?? 0;
      tensors.set(each.name, { shape: each.shape, data: numbersOf(each, bytes.subarray(at, at + length)) });
      at += length;
    }
  }
  const version =
    isRecord(topology) && typeof topology.keras_version === 'string' ? topology.keras_version : '';
  return {
    madeBy: `${typeof config.generatedBy === 'string' ? config.generatedBy.slice(0, 60) : 'TensorFlow.js'}${version.startsWith('tfjs') ? '' : ` (Keras ${version.slice(0, 20)})`}`,
    name: model.name,
    inputShape: model.inputShape,
    layers: kerasLayers(model, manifestStore(tensors)),
    loss: null,
  };
}

/** By the names in the manifest: `dense_1/kernel`, with models around it in front, or `kernel` of an earlier form. */
function manifestStore(tensors: ReadonlyMap<string, StoredTensor>): WeightStore {
  return {
    find(layer, names) {
      const own = layer.name.split('/');
      for (let from = 0; from < own.length; from++) {
        for (const name of names) {
          const wanted = [...own.slice(from), name].join('/');
          const found = tensors.get(wanted) ?? [...tensors].find(([key]) => key.endsWith(`/${wanted}`))?.[1];
          if (found) return found;
        }
      }
      return null;
    },
  };
}

function bytesOf({ name, shape, dtype, quantization: packed }: Weight, file: string): number {
  const bytes = shape.reduce((product, length) => product * length, WIDTHS[packed?.dtype ?? dtype]);
  if (!Number.isSafeInteger(bytes)) throw damaged(file, `“${name.slice(0, 100)}” has no sensible lengths`);
  return bytes;
}

/** The files of a group behind each other, which are as long together as its weights. */
async function groupBytes(model: string, paths: readonly string[], wanted: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(wanted);
  let at = 0;
  for (const path of paths) {
    const part = await readBeside(model, path, 0, null, wanted - at);
    bytes.set(part, at);
    at += part.length;
  }
  if (at !== wanted)
    throw damaged(basename(model), `its weight files hold ${at} bytes, where its weights need ${wanted}`);
  return bytes;
}

function numbersOf({ dtype, shape, quantization: packed }: Weight, bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = shape.reduce((product, length) => product * length, 1);
  const read = {
    float32: (index: number) => view.getFloat32(index * 4, true),
    int32: (index: number) => view.getInt32(index * 4, true),
    uint16: (index: number) => view.getUint16(index * 2, true),
    float16: (index: number) => halfOf(view.getUint16(index * 2, true)),
    uint8: (index: number) => bytes[index] ?? 0,
    bool: (index: number) => bytes[index] ?? 0,
  }[packed?.dtype ?? dtype];
  const { scale = 1, min = 0 } = packed ?? {};
  return Float32Array.from({ length: count }, (_, index) => read(index) * scale + min);
}
