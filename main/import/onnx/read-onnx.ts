import { fromBinary } from '@bufbuild/protobuf';
import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import type { Shape } from '../../../shared/tensors/shape';
import {
  type GraphProto,
  TensorProto_DataLocation as Location,
  type ModelProto,
  ModelProtoSchema,
  type TensorProto,
  type ValueInfoProto,
} from '../../execute/onnx/onnx_pb';
import { ForeignBuilder } from '../foreign-builder';
import type { ForeignLayer, ForeignModel } from '../foreign-layer';
import type { ImportLimits } from '../import-limits';
import { damaged } from '../untrusted-config';
import { constantOf, declaredBytes, externalPlace, type OnnxConstant } from './onnx-constant';
import { walkGraph } from './onnx-graph-walk';
import { OnnxNode } from './onnx-node';

/** Reads a part of a file that lies beside the model, by its name there. @throws ProblemError */
export type ReadBeside = (location: string, offset: number, length: number) => Promise<Uint8Array>;

export interface OnnxModel extends ForeignModel {
  /** What the input is called, what its numbers are (by `TensorProto.DataType`), and what the output is called. */
  readonly ends: { readonly input: string; readonly inputType: number; readonly output: string };
}

/**
 * Reads an ONNX model (https://github.com/onnx/onnx/blob/main/docs/IR.md) whose layers feed each other one by one.
 *
 * @param beside reads weights that lie in files of their own
 * @throws ProblemError where it is damaged, branches, or has a node that no block could be
 */
export async function readOnnx(
  bytes: Uint8Array,
  file: string,
  beside: ReadBeside,
  limits: ImportLimits,
): Promise<OnnxModel> {
  const model = decoded(bytes, file);
  const { graph } = model;
  if (!graph || graph.node.length === 0) throw damaged(file, 'it holds no graph');
  if (graph.node.length > limits.nodes) {
    throw new ProblemError(problem('IMPORT_TOO_MANY', { file, what: 'nodes', limit: limits.nodes }));
  }
  const tensors = await weightsOf(graph, file, beside, limits);
  const [input, output] = [
    onlyOne(
      graph.input.filter(({ name }) => !tensors.has(name)),
      'inputs',
    ),
    onlyOne(graph.output, 'outputs'),
  ];
  const { type, shape } = sampleShape(input, file);
  const nodes = graph.node.map((node) => new OnnxNode(node, file));
  const builder = new ForeignBuilder(shape);
  const first = firstOnChannels(nodes, input.name);
  // Channels first: what we take has them last.
  const isFirst = shape.length === 3 && (first ?? looksChannelsFirst(shape));
  walkGraph(
    {
      nodes,
      constant: (name) => tensors.get(name) ?? null,
      input: input.name,
      inputShape: shape,
      output: output.name,
    },
    builder,
  );
  const layers = isFirst && first === null ? [...channelsFirst(shape), ...builder.layers] : builder.layers;
  return {
    madeBy: producerOf(model),
    name: '',
    inputShape: shape,
    layers,
    loss: null,
    ends: { input: input.name, inputType: type, output: output.name },
  };
}

function decoded(bytes: Uint8Array, file: string): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes, { readUnknownFields: false });
  } catch (error) {
    throw damaged(
      file,
      `it can’t be read as ONNX (${error instanceof Error ? error.message.slice(0, 100) : ''})`,
    );
  }
}

function producerOf({ producerName, producerVersion }: ModelProto): string {
  const made = `${producerName} ${producerVersion}`.trim().slice(0, 60);
  return made === '' ? 'ONNX' : `ONNX by ${made}`;
}

async function weightsOf(
  { initializer }: GraphProto,
  file: string,
  beside: ReadBeside,
  limits: ImportLimits,
): Promise<ReadonlyMap<string, OnnxConstant>> {
  let total = 0;
  const found = new Map<string, OnnxConstant>();
  for (const tensor of initializer) {
    const bytes = declaredBytes(tensor, file);
    total += bytes;
    if (total > limits.weightBytes) {
      throw new ProblemError(
        problem('IMPORT_TOO_LARGE', { file, what: 'The weights', bytes: total, limit: limits.weightBytes }),
      );
    }
    found.set(tensor.name, constantOf(tensor, await externalBytes(tensor, bytes, file, beside), file));
  }
  return found;
}

async function externalBytes(tensor: TensorProto, bytes: number, file: string, beside: ReadBeside) {
  if (tensor.dataLocation !== Location.EXTERNAL) return null;
  const { location, offset, length } = externalPlace(tensor, file);
  if (length !== null && length !== bytes)
    throw damaged(
      file,
      `“${tensor.name.slice(0, 100)}” has ${length} bytes beside it, where its lengths say ${bytes}`,
    );
  return beside(location, offset, bytes);
}

function onlyOne(values: readonly ValueInfoProto[], what: string): ValueInfoProto {
  const [first, ...others] = values;
  if (first && others.length === 0) return first;
  throw new ProblemError(
    problem('IMPORT_BRANCHES', { layer: 'the model', why: `has ${values.length} ${what}` }),
  );
}

/** The shape of one sample: all lengths but the first, which counts samples. */
function sampleShape({ type }: ValueInfoProto, file: string): { type: number; shape: Shape } {
  const tensor = type?.value.case === 'tensorType' ? type.value.value : null;
  const [, ...dims] = tensor?.shape?.dim ?? [];
  const shape = dims.map(({ value }) => (value.case === 'dimValue' ? Number(value.value) : 0));
  const isShape =
    shape.length >= 1 &&
    shape.length <= 3 &&
    shape.every((length) => Number.isSafeInteger(length) && length >= 1);
  if (!tensor || !isShape)
    throw damaged(file, `it does not say what shape one sample has (${shape.join('×') || 'none'})`);
  return { type: tensor.elemType, shape };
}

/** Whether the first node that is particular about it takes channels first: true, false, or null where none is. */
function firstOnChannels(nodes: readonly OnnxNode[], input: string): boolean | null {
  let carried = input;
  for (const node of nodes) {
    if (!node.inputs.includes(carried)) continue;
    if (CHANNELS_FIRST.has(node.op)) return true;
    if (node.op === 'Transpose') return false;
    if (!PASSES.has(node.op)) return null;
    carried = node.outputs[0] ?? '';
  }
  return null;
}

const CHANNELS_FIRST: ReadonlySet<string> = new Set([
  'Conv',
  'MaxPool',
  'AveragePool',
  'BatchNormalization',
  'ConvTranspose',
]);
const PASSES: ReadonlySet<string> = new Set([
  'Identity',
  'Cast',
  'Add',
  'Sub',
  'Mul',
  'Div',
  'Pad',
  'Dropout',
]);

/** One, three or four channels, and more of everything else. */
function looksChannelsFirst([first = 0, second = 0, third = 0]: Shape): boolean {
  return [1, 2, 3, 4].includes(first) && second > 4 && third > 4;
}

/** That what the file has channels first is ours with its channels last: in between stands a layer that takes them so. */
function channelsFirst([channels = 1, height = 1, width = 1]: Shape): ForeignLayer[] {
  const of = { name: 'input', type: 'channels first' };
  const [first, last] = [
    [channels, height, width],
    [height, width, channels],
  ];
  return [
    { ...of, kind: 'permute', inputShape: first, outputShape: last, axes: [1, 2, 0] },
    { ...of, kind: 'pad', inputShape: last, outputShape: last, before: [0, 0], after: [0, 0] },
    { ...of, kind: 'permute', inputShape: last, outputShape: first, axes: [2, 0, 1] },
  ];
}
