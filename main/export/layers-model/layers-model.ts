import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { version } from '../../../package.json';
import { Cancelled, ProblemError } from '../../../shared/errors/problem';
import { EXPORT_PARTS } from '../../../shared/export/export-part';
import type { ExportFormat, ExportSubject } from '../format';
import { stampOf } from '../stamp-json';
import { writeFlushed } from '../write-flushed';
import { layersBefore, topologyOf } from './network';
import { networkOfPart, type PartNetwork } from './network-of-part';

/** The two kinds of files of a LayersModel. */
const TOPOLOGY = 'model.json';
/** Browsers keep files of this size in their caches, as the tfjs converter's are. */
const SHARD_BYTES = 4 * 2 ** 20;

/** A folder with the topology as JSON, in Keras' words, and the weights beside it. */
export const layersModel: ExportFormat = {
  name: 'tfjs',
  title: 'TensorFlow.js LayersModel',
  about: 'A folder that tf.loadLayersModel opens in a web page or in Node; it can be trained on there.',
  extension: null,
  parts: EXPORT_PARTS,
  problems(subject) {
    const network = networkOfPart(subject);
    return 'input' in network ? [] : network;
  },
  notes: ({ plan, part, model }) => [
    ...(model.preprocessing.dtype === 'uint8' && part !== 'decoder'
      ? ['It takes bytes as numbers from 0 to 255, in float32.']
      : []),
    ...(plan.layers.some(({ shared }) => shared) && part !== 'encoder'
      ? ['Tied weights are written twice: training it there unties them.']
      : []),
    ...(plan.layers.some(({ params, type }) => type.startsWith('conv') && Number(params.groups) > 1)
      ? [
          'Convolutions in groups are written with zeros where a filter sees no channel, but for depthwise ones.',
        ]
      : []),
  ],
  async write(subject, folder, { signal }) {
    const network = built(subject);
    const { specs, shards } = weightsOf(network);
    const paths = shards.map((_, at) => `group1-shard${at + 1}of${shards.length}.bin`);
    for (const [at, shard] of shards.entries()) {
      if (signal?.aborted) throw new Cancelled();
      await writeFlushed(join(folder, paths[at] ?? ''), [shard]);
    }
    const model = {
      format: 'layers-model',
      generatedBy: `Hourglass ${version}`,
      convertedBy: null,
      modelTopology: topologyOf(subject.name.replace(/[^A-Za-z0-9]+/g, '_'), network.input, network.output),
      weightsManifest: [{ paths, weights: specs }],
    };
    await writeFlushed(join(folder, TOPOLOGY), [`${JSON.stringify(model)}\n`]);
  },
  async isOwn(folder) {
    try {
      const model: unknown = JSON.parse(await readFile(join(folder, TOPOLOGY), 'utf8'));
      return typeof model === 'object' && model !== null && 'generatedBy' in model;
    } catch {
      return false;
    }
  },
  check: {
    samples: 3,
    async run(folder, _subject, batches, { signal }) {
      const { rerunLayersModel } = await import('./rerun-layers-model');
      return rerunLayersModel(folder, batches, signal);
    },
    async stamp(folder, stamp) {
      const file = join(folder, TOPOLOGY);
      const model: object = JSON.parse(await readFile(file, 'utf8'));
      await rm(file);
      const stamped = { ...model, userDefinedMetadata: { hourglass: stampOf(stamp) } };
      await writeFlushed(file, [`${JSON.stringify(stamped)}\n`]);
    },
  },
};

function built(subject: ExportSubject): PartNetwork {
  const network = networkOfPart(subject);
  if ('input' in network) return network;
  const [first, ...others] = network;
  if (!first) throw new Error('No network was built, and nothing is lacking.');
  throw new ProblemError(first, ...others);
}

/** All weights one behind the other, little-endian, in shards, and what they are called. */
function weightsOf({ output }: PartNetwork) {
  const weights = layersBefore(output).flatMap((layer) =>
    layer.weights.map(({ name, shape, data }) => ({ name: `${layer.name}/${name}`, shape, data })),
  );
  const specs = weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' }));
  const bytes = Buffer.concat(
    weights.map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
  );
  const count = Math.max(1, Math.ceil(bytes.length / SHARD_BYTES));
  const shards = Array.from({ length: count }, (_, at) =>
    bytes.subarray(at * SHARD_BYTES, (at + 1) * SHARD_BYTES),
  );
  return { specs, shards };
}
