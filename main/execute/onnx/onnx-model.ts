import { opOf } from '../../ops/catalogue';
import { onnxNode } from '../../ops/onnx-nodes';
import type { DType, Program } from '../../ops/program';
import { OnnxGraphWriter } from './onnx-graph';
import { packUpdates, type StatePack } from './state-packs';
import { writeUpdate } from './update-nodes';

/** A tensor that goes into or comes out of a run. */
export interface Port {
  /** The Program's own name for it. */
  readonly name: string;
  /** The graph's name for it. */
  readonly tensor: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
}

/** A Program as an ONNX file, with what a run has to give and gets. */
export interface OnnxModel {
  readonly program: string;
  readonly bytes: Uint8Array;
  readonly feeds: readonly Port[];
  /** The input for the resident data. */
  readonly data: Port | null;
  /** Inputs that are windows of a pack: a state tensor's name and the input's. */
  readonly reads: readonly { readonly state: string; readonly tensor: string }[];
  /** Inputs that are whole packs; their names are the packs'. */
  readonly packs: readonly StatePack[];
  readonly outputs: readonly Port[];
  /** The packs a run makes anew, and the output that holds each. */
  readonly next: readonly { readonly pack: StatePack; readonly tensor: string }[];
  /** A scalar output that is finite exactly where every guarded value is; null without a guard. */
  readonly guard: string | null;
  /** The layer of each node that belongs to one. */
  readonly layerOfNode: ReadonlyMap<string, string>;
}

/** Writes a Program as an ONNX graph: its ops, the guard, and the updates, packs at a time. */
export function writeModel(program: Program, packs: readonly StatePack[]): OnnxModel {
  const graph = new OnnxGraphWriter();
  const feeds = program.feeds.map(({ name, value }): Port => {
    const port = { name, tensor: `feed:${name}`, dtype: value.dtype, shape: value.shape };
    graph.define(value, graph.input(port.tensor, value.dtype, value.shape));
    return port;
  });
  const data = program.data ? { ...program.data, tensor: `data:${program.data.name}` } : null;
  if (data) graph.define(data.value, graph.input(data.tensor, data.value.dtype, data.value.shape));
  const inputOfState = new Map<string, string>();
  for (const { state, value } of program.reads) {
    const tensor = inputOfState.get(state) ?? graph.input(`state:${state}`, value.dtype, value.shape);
    inputOfState.set(state, tensor);
    graph.define(value, tensor);
  }

  for (const node of program.nodes) {
    graph.enter(node.layer);
    const written = opOf(node.op).onnx(graph, node);
    if (typeof written === 'string') graph.define(node.output, written);
    else graph.define(node.output, written.name, written.layout);
  }
  graph.enter(null);

  const whole = new Set<StatePack>();
  const current = (pack: StatePack): string => {
    if (!whole.has(pack)) graph.input(pack.name, 'float32', [pack.length]);
    whole.add(pack);
    return pack.name;
  };
  const written = packUpdates(program.updates, packs).map((update) => writeUpdate(graph, update, current));
  const gradients = written.flatMap(({ gradient }) => gradient ?? []);
  const guard = writeGuard(graph, program, gradients);

  const outputs = program.outputs.map(({ name, value }): Port => {
    const { dtype, shape } = value;
    return { name, tensor: graph.output(graph.get(value), dtype, shape), dtype, shape };
  });
  const next = written
    .flatMap((update) => update.next)
    .map(({ pack, tensor }) => ({ pack, tensor: graph.output(tensor, 'float32', [pack.length]) }));
  return {
    program: program.name,
    bytes: graph.model(program.name),
    feeds,
    data: data && { name: data.name, tensor: data.tensor, dtype: data.value.dtype, shape: data.value.shape },
    reads: [...inputOfState].map(([state, tensor]) => ({ state, tensor })),
    packs: [...whole],
    outputs,
    next,
    guard,
    layerOfNode: graph.layerOfNode,
  };
}

/**
 * The sum of the absolute values of all that is guarded: one NaN or infinity makes it so too. Gradients that already
 * stand end to end for their update are summed in one go.
 */
function writeGuard(
  graph: OnnxGraphWriter,
  program: Program,
  gradients: readonly { readonly tensor: string; readonly values: readonly { readonly id: number }[] }[],
): string | null {
  const guarded = new Set(program.guard.map(({ id }) => id));
  if (guarded.size === 0) return null;
  const joined = gradients.filter(({ values }) => values.every(({ id }) => guarded.has(id)));
  const covered = new Set(joined.flatMap(({ values }) => values.map(({ id }) => id)));
  const single = program.guard.filter(({ id }) => !covered.has(id));
  const tensors = [
    ...joined.map(({ tensor }) => tensor),
    ...single.map((value) => graph.get(value, graph.layoutOf(value))),
  ];
  const sums = tensors.map((tensor) => onnxNode(graph, 'ReduceL1', [tensor], { keepdims: 0 }));
  const sum = sums.length === 1 ? (sums[0] ?? '') : onnxNode(graph, 'Sum', sums);
  return graph.output(sum, 'float32', []);
}
