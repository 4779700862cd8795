import type { Distribution } from '../../shared/blocks/layer-ops';
import { sameShape } from '../../shared/tensors/shape';
import { opOf } from '../ops/catalogue';
import type { Attributes, GraphBuilder } from '../ops/op';
import type { Draw, DType, Program, ProgramNode, Update, Value } from '../ops/program';
import { simpler } from './simplify';

/** What a Program hands back and changes. */
interface Ends {
  readonly outputs: Readonly<Record<string, Value>>;
  readonly guard?: readonly Value[];
  readonly updates?: readonly Update[];
}

/** Puts one Program together, node by node; the same op on the same inputs is built once. */
export class ProgramBuilder implements GraphBuilder {
  private readonly feeds: Program['feeds'][number][] = [];
  private readonly draws = new Map<string, Draw>();
  private readonly reads = new Map<string, Value>();
  private data: Program['data'] = null;
  private readonly list: ProgramNode[] = [];
  private readonly producers = new Map<number, ProgramNode>();
  private readonly known = new Map<string, Value>();
  private nextId = 0;
  private layer: string | null = null;

  /** All nodes so far, each after what it reads. */
  get nodes(): readonly ProgramNode[] {
    return this.list;
  }

  /** A value given at each run. */
  feed(name: string, shape: readonly number[], dtype: DType = 'float32'): Value {
    const value = this.value(shape, dtype);
    this.feeds.push({ name, value });
    return value;
  }

  /** Random numbers, drawn at each run; whoever asks by one name gets the same ones. */
  draw(name: string, shape: readonly number[], distribution: Distribution): Value {
    const known = this.draws.get(name);
    if (known) {
      if (known.distribution === distribution && sameShape(known.value.shape, shape)) return known.value;
      throw new Error(`Two unlike draws are called ${name}.`);
    }
    const value = this.value(shape, 'float32');
    this.draws.set(name, { name, distribution, value });
    return value;
  }

  /** A state tensor's contents before any update of the run. */
  read(state: string, shape: readonly number[]): Value {
    const known = this.reads.get(state);
    if (known) return known;
    const value = this.value(shape, 'float32');
    this.reads.set(state, value);
    return value;
  }

  /** The resident data set, to be read by `takeRows`. */
  resident(shape: readonly number[], dtype: DType): Value {
    const value = this.value(shape, dtype);
    this.data = { name: 'data', value };
    return value;
  }

  add(op: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    const cheaper = simpler(this, (value) => this.producer(value), op, inputs, attributes);
    if (cheaper) return cheaper;
    const key = `${op} ${inputs.map(({ id }) => id)} ${JSON.stringify(attributes)}`;
    const known = this.known.get(key);
    if (known) return known;
    const { shape, dtype = 'float32' } = opOf(op).shape(inputs, attributes);
    const node = { op, inputs, attributes, output: this.value(shape, dtype), layer: this.layer };
    this.list.push(node);
    this.producers.set(node.output.id, node);
    this.known.set(key, node.output);
    return node.output;
  }

  /** The sum of values of one shape, in their order. @throws where there is none */
  sum([first, ...others]: readonly Value[]): Value {
    if (!first) throw new Error('There is nothing to sum.');
    return others.reduce((total, value) => this.add('add', [total, value]), first);
  }

  constant(values: number | readonly number[], shape?: readonly number[]): Value {
    const list = typeof values === 'number' ? [values] : values;
    return this.add('constant', [], {
      values: list,
      shape: shape ?? (typeof values === 'number' ? [] : [list.length]),
    });
  }

  /** The node that gives this value; undefined for feeds, state and data. */
  producer(value: Value): ProgramNode | undefined {
    return this.producers.get(value.id);
  }

  /** Builds nodes that belong to a plan layer, so that a fault in them can be shown on its block. */
  inLayer<T>(layer: string | null, build: () => T): T {
    const before = this.layer;
    this.layer = layer;
    try {
      return build();
    } finally {
      this.layer = before;
    }
  }

  /** The Program, without whatever neither an output, the guard nor an update needs. Feeds all stay. */
  finish(name: string, { outputs, guard = [], updates = [] }: Ends): Program {
    const wanted = [...Object.values(outputs), ...guard, ...updates.flatMap((u) => Object.values(u.inputs))];
    const needed = new Set(wanted.map(({ id }) => id));
    const nodes: ProgramNode[] = [];
    for (const node of this.list.toReversed()) {
      if (!needed.has(node.output.id)) continue;
      for (const { id } of node.inputs) needed.add(id);
      nodes.push(node);
    }
    const reads = [...this.reads].map(([state, value]) => ({ state, value }));
    return {
      name,
      feeds: this.feeds,
      draws: [...this.draws.values()].filter(({ value }) => needed.has(value.id)),
      reads: reads.filter(({ value }) => needed.has(value.id)),
      data: this.data && needed.has(this.data.value.id) ? this.data : null,
      nodes: nodes.reverse(),
      outputs: Object.entries(outputs).map(([key, value]) => ({ name: key, value })),
      guard,
      updates,
    };
  }

  private value(shape: readonly number[], dtype: DType): Value {
    return { id: this.nextId++, shape, dtype };
  }
}
