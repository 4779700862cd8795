import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProblemError } from '../../shared/errors/problem';
import {
  TensorProto_DataLocation as Location,
  type ModelProto,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProtoSchema,
} from '../execute/onnx/onnx_pb';
import { drawModel } from './draw-model';
import { IMPORT_LIMITS, type ImportLimits } from './import-limits';
import { readForeign } from './read-foreign';

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-import-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What is said of a file with these bytes. */
async function refusal(
  name: string,
  bytes: Uint8Array | string,
  limits: Partial<ImportLimits> = {},
): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return refusalOf(path, limits);
}

async function refusalOf(path: string, limits: Partial<ImportLimits> = {}): Promise<string> {
  try {
    drawModel((await readForeign(path, { ...IMPORT_LIMITS, ...limits })).model);
  } catch (error) {
    if (error instanceof ProblemError) return `${error.problems[0].code}: ${error.problems[0].message}`;
    throw error;
  }
  throw new Error(`${path} was read.`);
}

async function onnxWith(change: (model: ModelProto) => void): Promise<Uint8Array> {
  const model = fromBinary(ModelProtoSchema, await readFile(fixture('torch-fully.onnx')));
  change(model);
  return toBinary(ModelProtoSchema, model);
}

/** The first initializer. */
function weightsOf({ graph }: ModelProto) {
  const [tensor] = graph?.initializer ?? [];
  if (!tensor) throw new Error('There is a weight.');
  return tensor;
}

describe('ONNX', () => {
  it('refuses raw data of another length than declared', async () => {
    const bytes = await onnxWith((model) => {
      weightsOf(model).rawData = new Uint8Array(5);
    });
    expect(await refusal('raw.onnx', bytes)).toMatch(/IMPORT_DAMAGED.*has 5 bytes, where its lengths say/);
  });

  it.each([
    ['negative', [-3n, 4n], /lengths of -3, 4/],
    ['of more than can be counted', [2n ** 40n, 2n ** 40n], /lengths of/],
    ['giant', [2n ** 20n, 2n ** 20n], /IMPORT_TOO_LARGE/],
  ])('refuses lengths that are %s', async (_, dims, said) => {
    const bytes = await onnxWith((model) => {
      weightsOf(model).dims = dims;
    });
    expect(await refusal('dims.onnx', bytes)).toMatch(said);
  });

  it.each([
    '../secret.bin',
    '/etc/hostname',
    'a/../../secret.bin',
    '..\\secret.bin',
    'C:secret.bin',
    'nul\0byte',
  ])('reads no weights from %j', async (location) => {
    await writeFile(join(folder, '..', 'secret.bin'), new Uint8Array(1_000)).catch(() => {});
    const bytes = await onnxWith((model) => outside(model, location));
    expect(await refusal('outside.onnx', bytes)).toMatch(/IMPORT_DAMAGED.*lies outside its folder/);
    await rm(join(folder, '..', 'secret.bin'), { force: true });
  });

  it('follows no link out of its folder', async () => {
    const inner = join(folder, 'inner');
    await mkdir(inner, { recursive: true });
    await writeFile(join(folder, 'beside.bin'), new Uint8Array(10_000));
    await symlink(join(folder, 'beside.bin'), join(inner, 'link.bin'));
    await writeFile(join(inner, 'model.onnx'), await onnxWith((model) => outside(model, 'link.bin')));
    expect(await refusalOf(join(inner, 'model.onnx'))).toMatch(/leads outside its folder/);
  });

  it('says which part is missing, or too short', async () => {
    const bytes = await onnxWith((model) => outside(model, 'gone.bin'));
    expect(await refusal('gone.onnx', bytes)).toMatch(/IMPORT_MISSING_PART.*gone\.bin/);
    await writeFile(join(folder, 'short.bin'), new Uint8Array(3));
    const short = await onnxWith((model) => outside(model, 'short.bin'));
    expect(await refusal('short.onnx', short)).toMatch(/IMPORT_DAMAGED.*ends after 3 bytes/);
  });

  it('refuses nodes without end, and messages nested without end', async () => {
    const many = await onnxWith(({ graph }) => {
      const [node] = graph?.node ?? [];
      for (let count = 0; count < 50; count++) if (node) graph?.node.push(node);
    });
    expect(await refusal('many.onnx', many, { nodes: 20 })).toMatch(/IMPORT_TOO_MANY.*20 nodes/);
    // Groups (wire type 3) of a field that nobody knows, each in the one before.
    const nested = new Uint8Array(2_000_000).fill(0x9b);
    nested[0] = 0x08;
    nested[1] = 0x08;
    expect(await refusal('nested.onnx', nested)).toMatch(/IMPORT_DAMAGED/);
  });

  it('refuses graphs that branch, and nodes that are no layer', async () => {
    const branching = await onnxWith(({ graph }) => {
      const [first, second] = graph?.node ?? [];
      if (first && second) second.input = [...second.input, first.input[0] ?? ''];
    });
    expect(await refusal('branching.onnx', branching)).toMatch(/IMPORT_BRANCHES/);
    const unknown = await onnxWith(({ graph }) => {
      const [, second] = graph?.node ?? [];
      if (second) second.opType = 'Loop';
    });
    expect(await refusal('loop.onnx', unknown)).toMatch(/IMPORT_LAYER_UNKNOWN.*Loop/);
  });

  it('makes no lists as long as a node would have them', async () => {
    const sliced = await onnxWith(({ graph }) => {
      if (!graph) return;
      const [first] = graph.node;
      const whole = (name: string, value: bigint) => ({ name, dims: [1n], dataType: 7, int64Data: [value] });
      const numbers = [whole('from', 0n), whole('to', 1n), whole('axes', 3_000_000_000n)];
      graph.initializer.push(...numbers.map((tensor) => create(TensorProtoSchema, tensor)));
      const input = [first?.input[0] ?? '', 'from', 'to', 'axes'];
      graph.node.unshift(create(NodeProtoSchema, { opType: 'Slice', input, output: ['sliced'] }));
      if (first) first.input[0] = 'sliced';
    });
    expect(await refusal('axes.onnx', sliced)).toMatch(/changes axes that 1×12×12 does not have/);
    const doubled = await onnxWith(({ graph }) => {
      if (!graph) return;
      const seed = { name: 'list0', dims: [2n], dataType: 7, int64Data: [1n, 2n] };
      graph.initializer.push(create(TensorProtoSchema, seed));
      for (let times = 40; times > 0; times--) {
        const input = [`list${times - 1}`, `list${times - 1}`];
        graph.node.unshift(create(NodeProtoSchema, { opType: 'Concat', input, output: [`list${times}`] }));
      }
    });
    expect(await refusal('doubled.onnx', doubled)).toMatch(/it makes 8192 numbers/);
  });

  it('is cut off anywhere', async () => {
    const whole = await readFile(fixture('torch-fully.onnx'));
    for (let length = 1; length < whole.length; length += 37) {
      expect(await refusal('cut.onnx', whole.subarray(0, length))).toMatch(/^IMPORT_/);
    }
  });
});

function outside(model: ModelProto, location: string): void {
  const tensor = weightsOf(model);
  tensor.rawData = new Uint8Array();
  tensor.dataLocation = Location.EXTERNAL;
  const entry = create(ModelProtoSchema, { metadataProps: [{ key: 'location', value: location }] });
  tensor.externalData = entry.metadataProps;
}

describe('TensorFlow.js', () => {
  const manifest = async () => JSON.parse(await readFile(fixture('layers-model/model.json'), 'utf8'));

  it.each(['../weights.bin', '/etc/hostname', 'a\\b.bin'])('reads no weights from %s', async (path) => {
    const model = await manifest();
    model.weightsManifest[0].paths = [path];
    expect(await refusal('model.json', JSON.stringify(model))).toMatch(/lies outside its folder/);
  });

  it('refuses weight files that are too short or too long', async () => {
    const text = await readFile(fixture('layers-model/model.json'), 'utf8');
    await writeFile(join(folder, 'weights.bin'), new Uint8Array(7));
    expect(await refusal('model.json', text)).toMatch(/hold 7 bytes, where its weights need/);
    await writeFile(join(folder, 'weights.bin'), new Uint8Array(100_000));
    expect(await refusal('model.json', text)).toMatch(/holds 100000 bytes, where \d+ are needed/);
  });

  it('refuses giant shapes before it takes memory for them', async () => {
    const model = await manifest();
    model.weightsManifest[0].weights[0].shape = [65_536, 65_536];
    expect(await refusal('model.json', JSON.stringify(model))).toMatch(/IMPORT_TOO_LARGE/);
    const drawn = await manifest();
    for (const { config } of drawn.modelTopology.model_config?.config.layers ??
      drawn.modelTopology.config.layers) {
      if (config.units) config.units = 2 ** 40;
    }
    expect(await refusal('model.json', JSON.stringify(drawn))).toMatch(/^IMPORT_/);
  });

  it('refuses configs that are deep, or reach into every object', async () => {
    const deep = `{"modelTopology":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(await refusal('model.json', deep)).toMatch(/IMPORT_DAMAGED/);
    expect(await refusal('model.json', '{"modelTopology":{"__proto__":{"polluted":1}}}')).toMatch(
      /IMPORT_DAMAGED/,
    );
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(await refusal('model.json', '{"modelTopology": {')).toMatch(/IMPORT_DAMAGED/);
    expect(await refusal('model.json', '{}')).toMatch(/IMPORT_DAMAGED/);
  });

  it('refuses models in models without end', async () => {
    let config: unknown = { class_name: 'Dense', config: { name: 'dense', units: 2 } };
    for (let depth = 0; depth < 12; depth++) {
      config = { class_name: 'Sequential', config: { name: 'm', layers: [config] } };
    }
    expect(
      await refusal('model.json', JSON.stringify({ modelTopology: config, weightsManifest: [] })),
    ).toMatch(/too deep/);
  });
});

describe('HDF5', () => {
  it('is cut off anywhere', async () => {
    const whole = await readFile(fixture('keras-dense.h5'));
    for (let length = 8; length < whole.length; length += 1_999) {
      expect(await refusal('cut.h5', whole.subarray(0, length))).toMatch(/^IMPORT_/);
    }
  });

  it('keeps to its limits', async () => {
    const path = fixture('keras-dense.h5');
    expect(await refusalOf(path, { hdf5: { objects: 5 } })).toMatch(/IMPORT_TOO_MANY/);
    expect(await refusalOf(path, { hdf5: { bytes: 100 } })).toMatch(/IMPORT_TOO_LARGE/);
    expect(await refusalOf(path, { hdf5: { depth: 1 } })).toMatch(/too deep/);
    expect(await refusalOf(path, { fileBytes: 1_000 })).toMatch(/IMPORT_TOO_LARGE/);
  });
});

it('says what a file is not', async () => {
  expect(await refusal('pickle.bin', Uint8Array.of(0x80, 0x04, 0x95))).toMatch(
    /pickle, which is code and is never run/,
  );
  expect(await refusal('text.txt', 'hello')).toMatch(/IMPORT_NOT_RECOGNISED/);
  expect(await refusal('empty.onnx', new Uint8Array())).toMatch(/IMPORT_DAMAGED/);
});
