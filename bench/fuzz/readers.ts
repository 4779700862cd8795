import { csv, idx, npy, parquet } from './data-files';
import { json, link, png } from './documents';
import { hdf5, keras, layersModel, onnx } from './foreign';
import { modelEntries } from './model-entries';
import type { FuzzedReader } from './reader';
import { safetensors } from './safetensors';
import { zip } from './zip';

/** Every reader that is fuzzed. */
export const readers: readonly FuzzedReader[] = [
  zip,
  modelEntries,
  safetensors,
  onnx,
  hdf5,
  keras,
  layersModel,
  json,
  png,
  link,
  idx,
  npy,
  csv,
  parquet,
];
