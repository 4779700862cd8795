import { opOf } from '../../ops/catalogue';
import type { Draw, DType, Program, Value } from '../../ops/program';
import { type GraphWriter, ProgramGraph } from './saved-model/graph-writer';
import { FLOAT } from './update-place';
import { writeUpdate } from './write-update';

/** A tensor of the session that is fed or fetched. */
export interface Port {
  readonly name: string;
  /** `node:0`. An output of dtype uint8 is fetched as int32. */
  readonly tensor: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
}

/** Random numbers of the session: made from a fed seed, or fed themselves. */
interface DrawPort extends Port {
  readonly seed: Port;
}

/** A Program as it lies in the session. */
export interface WrittenProgram {
  readonly name: string;
  readonly feeds: readonly Port[];
  readonly draws: readonly DrawPort[];
  readonly outputs: readonly Port[];
  /**
   * What a run fetches: the outputs, the first of them only after every update. In the order of `outputs`; one
   * more tensor than outputs where there are none.
   */
  readonly fetches: readonly string[];
  /** A scalar that is finite exactly where every guarded value is, or null without a guard. */
  readonly guard: string | null;
}

/** A variable of the session: a state tensor, the resident data, or scratch space of an update. */
export interface WrittenVariable extends Port {
  /** The resource, as an input of nodes. */
  readonly handle: string;
  readonly read: string;
  /** Feeding `tensor` and fetching this stores new contents. */
  readonly assigned: string;
}

/** Writes a variable with the nodes that read and replace it. */
export function writeVariable(
  writer: GraphWriter,
  name: string,
  dtype: DType,
  shape: readonly number[],
): WrittenVariable {
  const graph = new ProgramGraph(writer, 'state');
  const index = writer.graph.node.length;
  const handle = graph.node('VarHandleOp', [], {
    dtype: { type: dtype },
    shape: { shape },
    shared_name: { string: `variable-${index}` },
    container: { string: '' },
  });
  const read = graph.node('ReadVariableOp', [handle], { dtype: { type: dtype } });
  const tensor = graph.node('Placeholder', [], { dtype: { type: dtype }, shape: { shape } });
  const assign = graph.node('AssignVariableOp', [handle, tensor], { dtype: { type: dtype } });
  const assigned = graph.after('Identity', [graph.int32(1)], [assign], { T: { type: 'int32' } });
  return { name, tensor, dtype, shape, handle, read, assigned };
}

/** Writes a Program's nodes: feeds, reads, ops, guard, updates, in this order. */
export function writeProgram(
  writer: GraphWriter,
  program: Program,
  variables: ReadonlyMap<string, WrittenVariable>,
  data: WrittenVariable | null,
): WrittenProgram {
  const graph = new ProgramGraph(writer, program.name);
  const variable = (name: string): WrittenVariable => {
    const found = variables.get(name);
    if (!found) throw new Error(`Program ${program.name} names the state ${name}, which the set lacks`);
    return found;
  };

  const feeds = program.feeds.map(({ name, value }): Port => {
    const tensor = graph.node('Placeholder', [], {
      dtype: { type: value.dtype },
      shape: { shape: value.shape },
    });
    graph.set(value, tensor);
    return { name, tensor, dtype: value.dtype, shape: value.shape };
  });
  const draws = program.draws.map((draw): DrawPort => {
    const port = writeDraw(graph, draw);
    graph.set(draw.value, port.tensor);
    return port;
  });
  for (const { state, value } of program.reads) {
    graph.set(
      value,
      graph.node('ReadVariableOp', [variable(state).handle], { dtype: { type: value.dtype } }),
    );
  }
  if (program.data) {
    if (!data) throw new Error(`Program ${program.name} reads resident data, but none was given`);
    const { value } = program.data;
    graph.set(value, graph.node('ReadVariableOp', [data.handle], { dtype: { type: value.dtype } }));
  }
  for (const node of program.nodes) {
    graph.layer = node.layer;
    graph.set(node.output, opOf(node.op).tensorflow(graph, node));
  }
  graph.layer = null;

  const outputs = program.outputs.map(
    ({ name, value }): Port => ({
      name,
      tensor: fetchable(graph, value),
      dtype: value.dtype,
      shape: value.shape,
    }),
  );
  const guard = program.guard.length > 0 ? writeGuard(graph, program.guard) : null;
  if (program.updates.length === 0) {
    const fetches = outputs.map(({ tensor }) => tensor);
    return { name: program.name, feeds, draws, outputs, fetches, guard };
  }

  // No update may run before the guard has passed and everything that reads the old state has been computed.
  const checked = guard && graph.node('CheckNumerics', [guard], { ...FLOAT, message: { string: 'guard' } });
  const barrier = graph.after(
    'NoOp',
    [],
    [
      ...(checked ? [checked] : []),
      ...outputs.map(({ tensor }) => tensor),
      ...program.updates.flatMap(({ inputs }) => Object.values(inputs).map((value) => graph.get(value))),
    ],
  );
  const place = { graph, barrier, handle: (state: string) => variable(state).handle };
  const updates = program.updates.map((update) => writeUpdate(update, place));
  const [first, ...others] = outputs;
  const last = first
    ? graph.after('Identity', [first.tensor], updates, { T: { type: fetchedType(first.dtype) } })
    : graph.after('Identity', [graph.int32(1)], updates, { T: { type: 'int32' } });
  return {
    name: program.name,
    feeds,
    draws,
    outputs,
    fetches: [last, ...others.map(({ tensor }) => tensor)],
    guard,
  };
}

/** TensorFlow's own counter-based numbers: they follow from the seed alone, whatever was drawn before. */
function writeDraw(graph: ProgramGraph, { name, distribution, value: { dtype, shape } }: Draw): DrawPort {
  const seed = graph.node('Placeholder', [], { dtype: { type: 'int32' }, shape: { shape: [2] } });
  const op = distribution === 'uniform' ? 'StatelessRandomUniform' : 'StatelessRandomNormal';
  const tensor = graph.node(op, [graph.int32(shape), seed], {
    dtype: { type: 'float32' },
    T: { type: 'int32' },
    Tseed: { type: 'int32' },
  });
  return {
    name,
    tensor,
    dtype,
    shape,
    seed: { name: `${name} seed`, tensor: seed, dtype: 'int32', shape: [2] },
  };
}

/** The type that a fetched value comes back in: tfjs-node's binding hands back no uint8. */
function fetchedType(dtype: DType): 'float32' | 'int32' {
  return dtype === 'float32' ? 'float32' : 'int32';
}

function fetchable(graph: ProgramGraph, value: Value): string {
  const tensor = graph.get(value);
  if (value.dtype === fetchedType(value.dtype)) return tensor;
  return graph.node('Cast', [tensor], {
    SrcT: { type: value.dtype },
    DstT: { type: fetchedType(value.dtype) },
  });
}

/**
 * The sum of all elements of all values: a NaN or an infinity anywhere makes it NaN or infinite, and it costs one
 * vectorised pass. (Finite values whose sum passes 3.4e38 count as infinite too.)
 */
function writeGuard(graph: ProgramGraph, values: readonly Value[]): string {
  const sums = values.map((value) => {
    const tensor = graph.get(value);
    if (value.shape.length === 0) return tensor;
    const axes = graph.int32(value.shape.map((_, axis) => axis));
    return graph.node('Sum', [tensor, axes], { ...FLOAT, Tidx: { type: 'int32' } });
  });
  return graph.node('AddN', sums, { ...FLOAT, N: { int: sums.length } });
}
