import { opOf } from '../../ops/catalogue';
import { onnxNode } from '../../ops/onnx-nodes';
import type { DType, Program, Update, Value } from '../../ops/program';
import { OnnxGraphWriter } from './onnx-graph';
import { type PackUpdate, packUpdates, type StatePack } from './state-packs';

/** A tensor that goes into or comes out of a run. */
export interface Port {
  /** The Program's own name for it. */
  readonly name: string;
  /** The graph's name for it. */
  readonly tensor: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
}

/** What a run hands back for a state tensor: its gradient, or its next contents. */
interface StateOutput {
  readonly state: string;
  readonly tensor: string;
}

/** An optimizer's update of a pack, whose inputs are outputs of the graph. */
interface WrittenUpdate {
  readonly update: PackUpdate;
  readonly gradients: readonly StateOutput[];
  /** The tensors that hold the update's other inputs (learning rate, beta powers), all scalars, by role. */
  readonly scalars: Readonly<Record<string, string>>;
}

/** A Program as an ONNX file, with what a run has to give and gets. */
export interface OnnxModel {
  readonly program: string;
  readonly bytes: Uint8Array;
  /** What the Program is fed, and the random numbers it draws: the graph makes none itself. */
  readonly feeds: readonly Port[];
  /** The input for the resident data. */
  readonly data: Port | null;
  /** Inputs for rows of the resident data, by the names of the feeds that tell which rows. */
  readonly rows: readonly Port[];
  /** Inputs that are state tensors. */
  readonly reads: readonly StateOutput[];
  readonly outputs: readonly Port[];
  readonly updates: readonly WrittenUpdate[];
  /** State tensors that are simply replaced. */
  readonly assigned: readonly StateOutput[];
  /** A scalar that is finite exactly where every guarded value but the gradients is; null where nothing else is. */
  readonly guard: string | null;
  /** The layer of each node that belongs to one. */
  readonly layerOfNode: ReadonlyMap<string, string>;
}

/**
 * Writes a Program as an ONNX graph: its ops, the guard, and what the updates need.
 *
 * @param givenRows whether each run is given the rows of the resident data that it needs, in place of all the data.
 */
export function writeModel(program: Program, packs: readonly StatePack[], givenRows = false): OnnxModel {
  const graph = new OnnxGraphWriter();
  const defineInput = (name: string, tensor: string, value: Value): Port => {
    const { dtype, shape } = value;
    graph.define(value, graph.input(tensor, dtype, shape));
    return { name, tensor, dtype, shape };
  };
  const takes = givenRows ? rowsTaken(program) : [];
  const rows = takes.map(({ feed, rows }) => defineInput(feed, `rows:${feed}`, rows));
  const feeds = [...program.feeds, ...program.draws]
    .filter(({ name }) => !takes.some(({ feed }) => feed === name))
    .map(({ name, value }) => defineInput(name, `feed:${name}`, value));
  const data =
    program.data && !givenRows
      ? defineInput(program.data.name, `data:${program.data.name}`, program.data.value)
      : null;
  const inputOfState = new Map<string, string>();
  for (const { state, value } of program.reads) {
    const tensor = inputOfState.get(state) ?? graph.input(`state:${state}`, value.dtype, value.shape);
    inputOfState.set(state, tensor);
    graph.define(value, tensor);
  }

  for (const node of program.nodes) {
    if (takes.some(({ rows: { id } }) => id === node.output.id)) continue;
    graph.enter(node.layer);
    const written = opOf(node.op).onnx(graph, node);
    if (typeof written === 'string') graph.define(node.output, written);
    else graph.define(node.output, written.name, written.layout);
  }
  graph.enter(null);

  const fetch = (value: Value) => graph.output(graph.get(value), value.dtype, value.shape);
  const outputs = program.outputs.map(({ name, value }): Port => {
    const { dtype, shape } = value;
    return { name, tensor: fetch(value), dtype, shape };
  });
  const fetchInput = (update: Update, role: string): StateOutput => {
    const value = update.inputs[role];
    if (!value) throw new Error(`The update of ${update.state} lacks the input ${role}.`);
    return { state: update.state, tensor: fetch(value) };
  };
  const assigned = program.updates
    .filter(({ kind }) => kind === 'assign')
    .map((update) => fetchInput(update, 'value'));
  const updates = packUpdates(
    program.updates.filter(({ kind }) => kind !== 'assign'),
    packs,
  ).map((update): WrittenUpdate => {
    const gradients = update.updates.map((one) => fetchInput(one, 'gradient'));
    const [first] = update.updates;
    const scalars = Object.entries(first.inputs)
      .filter(([role]) => role !== 'gradient')
      .map(([role, value]) => [role, fetch(value)] as const);
    return { update, gradients, scalars: Object.fromEntries(scalars) };
  });
  const guard = writeGuard(graph, program);
  return {
    program: program.name,
    bytes: graph.model(program.name),
    feeds,
    data,
    rows,
    reads: [...inputOfState].map(([state, tensor]) => ({ state, tensor })),
    outputs,
    updates,
    assigned,
    guard,
    layerOfNode: graph.layerOfNode,
  };
}

/** The rows that a Program takes from its resident data, each with the feed that tells which. */
function rowsTaken({ feeds, data, nodes }: Program): { feed: string; rows: Value }[] {
  if (!data) return [];
  const readers = nodes.filter(({ inputs }) => inputs.some(({ id }) => id === data.value.id));
  return readers.map(({ op, inputs, output }) => {
    const feed = feeds.find(({ value }) => value.id === inputs[1]?.id);
    if (op !== 'takeRows' || !feed) throw new Error('Data is read by something other than fed row numbers.');
    return { feed: feed.name, rows: output };
  });
}

/** The sum of the absolute values of all that is guarded and is no gradient: one NaN or infinity makes it so too. */
function writeGuard(graph: OnnxGraphWriter, { guard, updates }: Program): string | null {
  const gradients = new Set(updates.map(({ inputs }) => inputs.gradient?.id));
  const values = guard.filter(({ id }) => !gradients.has(id));
  if (values.length === 0) return null;
  const sums = values.map((value) =>
    onnxNode(graph, 'ReduceL1', [graph.get(value, graph.layoutOf(value))], { keepdims: 0 }),
  );
  return graph.output(sums.length === 1 ? (sums[0] ?? '') : onnxNode(graph, 'Sum', sums), 'float32', []);
}
