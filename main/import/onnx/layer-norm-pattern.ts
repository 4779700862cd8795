import type { OnnxConstant } from './onnx-constant';
import type { OnnxNode } from './onnx-node';

/** Nodes that normalise over the channels together. */
export interface LayerNormPattern {
  readonly input: string;
  /** In the order of the graph; what the last gives is normalised. */
  readonly nodes: readonly OnnxNode[];
  readonly epsilon: number;
  readonly gamma: OnnxConstant | null;
  readonly beta: OnnxConstant | null;
  /** The axis whose values are brought to mean 0 and variance 1, the batch being axis 0. */
  readonly axis: number;
}

/** What a layer normalisation is written with, where there was no node for it (before version 17). */
const ALLOWED: ReadonlySet<string> = new Set([
  'ReduceMean',
  'Sub',
  'Add',
  'Mul',
  'Div',
  'Neg',
  'Pow',
  'Sqrt',
  'Reciprocal',
  'Identity',
]);
const MOST_NODES = 20;

/**
 * Finds, from its first mean on, a layer normalisation (Ba, Kiros & Hinton 2016) in single operations: the nodes through which all that uses
 * the input passes before it is one value again. Among them must be two means and a small number added. What it is taken for
 * is held against the model's own output afterwards, as every import is.
 */
export function layerNormFrom(
  start: OnnxNode,
  nodes: readonly OnnxNode[],
  users: ReadonlyMap<string, readonly OnnxNode[]>,
  constant: (name: string) => OnnxConstant | null,
): LayerNormPattern | null {
  const input = start.inputs[0] ?? '';
  const region = new Set<OnnxNode>();
  const made = new Set<string>();
  for (const node of nodes.slice(nodes.indexOf(start))) {
    const belongs =
      node === start || node.inputs.some((name) => made.has(name) || (name === input && name !== ''));
    if (!belongs) continue;
    if (!ALLOWED.has(node.op) || region.size >= MOST_NODES) return null;
    region.add(node);
    for (const output of node.outputs) made.add(output);
    if (isClosed(region, node, input, users)) return read([...region], input, constant);
  }
  return null;
}

/** Whether nothing of the region but this node's output is used outside it, and its input by nothing else. */
function isClosed(
  region: ReadonlySet<OnnxNode>,
  last: OnnxNode,
  input: string,
  users: ReadonlyMap<string, readonly OnnxNode[]>,
): boolean {
  const within = (name: string) =>
    (users.get(name) ?? []).every((user) => region.has(user) || user.op === 'Shape');
  const others = [...region].filter((node) => node !== last);
  return (
    others.length > 0 &&
    within(input) &&
    others.every(({ outputs }) => outputs.every((name) => (users.get(name)?.length ?? 0) > 0 && within(name)))
  );
}

function read(
  nodes: readonly OnnxNode[],
  input: string,
  constant: (name: string) => OnnxConstant | null,
): LayerNormPattern | null {
  const means = nodes.filter(({ op }) => op === 'ReduceMean');
  const axes = means.map((node) => axesOf(node, constant));
  const [axis] = axes[0] ?? [];
  if (means.length !== 2 || axis === undefined || axes.some((each) => each.length !== 1 || each[0] !== axis))
    return null;
  if (means.some((node) => node.int('keepdims', 1) !== 1)) return null;
  let [epsilon, gamma, beta]: [number | null, OnnxConstant | null, OnnxConstant | null] = [null, null, null];
  for (const node of nodes) {
    const known = node.inputs.map(constant).find((value) => value !== null);
    if (!known || node.op === 'ReduceMean' || node.op === 'Pow') continue;
    const [only] = known.data;
    if (node.op === 'Add' && known.data.length === 1 && only !== undefined && only > 0 && only < 0.1)
      epsilon ??= only;
    else if (node.op === 'Mul' && known.data.length > 1 && !gamma) gamma = known;
    else if (node.op === 'Add' && known.data.length > 1 && !beta) beta = known;
    else if (known.data.length > 1) return null;
  }
  return epsilon === null ? null : { input, nodes, epsilon, gamma, beta, axis };
}

function axesOf(node: OnnxNode, constant: (name: string) => OnnxConstant | null): readonly number[] {
  if (node.has('axes')) return node.ints('axes');
  const given = node.inputs[1] === undefined ? null : constant(node.inputs[1]);
  return given ? Array.from(given.data) : [];
}
