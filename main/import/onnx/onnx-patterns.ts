import type { Activation } from '../../../shared/blocks/layer-ops';
import { type LayerNormPattern, layerNormFrom } from './layer-norm-pattern';
import type { OnnxConstant } from './onnx-constant';
import type { OnnxNode } from './onnx-node';

/** Nodes that are one layer together. */
type Pattern = ActivationPattern | LayerNormPattern;

interface ActivationPattern {
  readonly input: string;
  readonly activation: Activation;
  /** How the axes are exchanged behind it, where exporters do so within. */
  readonly perm: readonly number[] | null;
}

interface Patterns {
  /** By the last of their nodes. */
  readonly ends: ReadonlyMap<OnnxNode, Pattern>;
  /** The other nodes of them. */
  readonly within: ReadonlySet<OnnxNode>;
}

/**
 * Finds layer normalisations in single operations, the SiLU, and the GELU, for which ONNX had no node before version 20: x · (1 + erf(x / √2)) / 2, its products in any order
 * (Hendrycks & Gimpel 2016).
 */
export function findPatterns(
  nodes: readonly OnnxNode[],
  constant: (name: string) => OnnxConstant | null,
): Patterns {
  const users = new Map<string, OnnxNode[]>();
  const maker = new Map<string, OnnxNode>();
  for (const node of nodes) {
    for (const input of new Set(node.inputs)) users.set(input, [...(users.get(input) ?? []), node]);
    for (const output of node.outputs) maker.set(output, node);
  }
  const number = (name: string) => scalarOf(name, constant, maker);
  const ends = new Map<OnnxNode, Pattern>();
  const within = new Set<OnnxNode>();
  for (const erf of nodes.filter(({ op }) => op === 'Erf')) {
    const found = geluAround(erf, users, maker, number);
    if (!found) continue;
    const last = found.nodes.at(-1);
    if (last) ends.set(last, { input: found.input, activation: 'gelu', perm: null });
    for (const node of found.nodes.slice(0, -1)) within.add(node);
  }
  for (const erfc of nodes.filter(({ op }) => op === 'Erfc')) {
    const found = geluByComplement(erfc, users, maker, number);
    if (!found) continue;
    const last = found.nodes.at(-1);
    if (last) ends.set(last, { input: found.input, activation: 'gelu', perm: found.perm });
    for (const node of found.nodes.slice(0, -1)) within.add(node);
  }
  for (const sigmoid of nodes.filter(({ op }) => op === 'Sigmoid')) {
    const product = swishAround(sigmoid, users);
    if (!product) continue;
    ends.set(product, { input: sigmoid.inputs[0] ?? '', activation: 'swish', perm: null });
    within.add(sigmoid);
  }
  const known = (name: string) => {
    const made = maker.get(name);
    return made?.op === 'Constant' ? made.constant() : made ? null : constant(name);
  };
  for (const mean of nodes.filter(({ op }) => op === 'ReduceMean')) {
    if (within.has(mean)) continue;
    const found = layerNormFrom(mean, nodes, users, known);
    const last = found?.nodes.at(-1);
    if (!found || !last) continue;
    ends.set(last, found);
    for (const node of found.nodes.slice(0, -1)) within.add(node);
  }
  return { ends, within };
}

function scalarOf(
  name: string,
  constant: (name: string) => OnnxConstant | null,
  maker: ReadonlyMap<string, OnnxNode>,
): number | null {
  const made = maker.get(name);
  const value = made?.op === 'Constant' ? made.constant() : made ? null : constant(name);
  return value?.data.length === 1 ? (value.data[0] ?? null) : null;
}

/** x · sigmoid(x), for which ONNX has no node (Ramachandran et al. 2017). @returns the product */
function swishAround({ inputs: [x = ''], outputs: [made = ''] }: OnnxNode, users: Users): OnnxNode | null {
  const [product, ...others] = users.get(made) ?? [];
  const isProduct = product?.op === 'Mul' && product.inputs.includes(x) && product.inputs.includes(made);
  return isProduct && others.length === 0 ? product : null;
}

type Users = ReadonlyMap<string, readonly OnnxNode[]>;

function geluAround(
  erf: OnnxNode,
  users: Users,
  maker: ReadonlyMap<string, OnnxNode>,
  number: (name: string) => number | null,
): { input: string; nodes: OnnxNode[] } | null {
  const scaled = maker.get(erf.inputs[0] ?? '');
  const own = scaled?.inputs.find((name) => number(name) === null);
  const factor = scaled?.inputs.map(number).find((value) => value !== null);
  if (!scaled || own === undefined || factor == null) return null;
  const isScaled =
    (scaled.op === 'Div' && near(factor, Math.SQRT2)) || (scaled.op === 'Mul' && near(factor, Math.SQRT1_2));
  if (!isScaled) return null;
  const nodes = [scaled, erf];
  let value = erf.outputs[0] ?? '';
  const open = { one: false, half: false, self: false };
  // At most: + 1, · x, · ½.
  for (let step = 0; step < 3; step++) {
    const [next, ...others] = users.get(value) ?? [];
    if (!next || others.length > 0) return null;
    const other = next.inputs.find((name) => name !== value) ?? '';
    const constant = number(other);
    if (next.op === 'Add' && constant !== null && near(constant, 1) && !open.one) open.one = true;
    else if (next.op === 'Mul' && constant !== null && near(constant, 0.5) && open.one && !open.half)
      open.half = true;
    else if (next.op === 'Mul' && other === own && open.one && !open.self) open.self = true;
    else {
      // x · ½ may have been worked out first.
      const halved = maker.get(other);
      const isHalf =
        halved?.op === 'Mul' &&
        halved.inputs.includes(own) &&
        halved.inputs.some((name) => near(number(name) ?? 0, 0.5));
      if (next.op !== 'Mul' || !isHalf || !halved || open.half || open.self || !open.one) return null;
      [open.half, open.self] = [true, true];
      nodes.push(halved);
    }
    nodes.push(next);
    if (open.one && open.half && open.self) return { input: own, nodes };
    value = next.outputs[0] ?? '';
  }
  return null;
}

/** ½ x · erfc(−x / √2), as TensorFlow's exporter writes it, with axes exchanged in both factors or in neither. */
function geluByComplement(
  erfc: OnnxNode,
  users: Users,
  maker: ReadonlyMap<string, OnnxNode>,
  number: (name: string) => number | null,
): { input: string; nodes: OnnxNode[]; perm: readonly number[] | null } | null {
  const product = users.get(erfc.outputs[0] ?? '')?.[0];
  const other = product?.inputs.find((name) => name !== erfc.outputs[0]);
  if (product?.op !== 'Mul' || other === undefined) return null;
  const inner = factorsBefore(erfc.inputs[0] ?? '', maker, number);
  const outer = factorsBefore(other, maker, number);
  if (inner.input !== outer.input || !near(inner.factor, -Math.SQRT1_2) || !near(outer.factor, 0.5))
    return null;
  if (String(inner.perm) !== String(outer.perm)) return null;
  return { input: inner.input, nodes: [...inner.nodes, erfc, ...outer.nodes, product], perm: inner.perm };
}

/** What a value is the multiple of: of what, how often, and with which axes exchanged. */
function factorsBefore(
  name: string,
  maker: ReadonlyMap<string, OnnxNode>,
  number: (name: string) => number | null,
) {
  const nodes: OnnxNode[] = [];
  let [input, factor] = [name, 1];
  let perm: readonly number[] | null = null;
  // At most: exchanged axes, a product, a sign.
  for (let step = 0; step < 3; step++) {
    const node = maker.get(input);
    if (node?.op === 'Transpose' && perm === null) perm = node.ints('perm');
    else if (node?.op === 'Neg') factor = -factor;
    else if (node?.op === 'Mul') {
      const constant = node.inputs.map(number).find((value) => value !== null);
      if (constant == null) break;
      factor *= constant;
    } else break;
    nodes.push(node);
    input = node.inputs.find((each) => number(each) === null) ?? '';
  }
  return { input, factor, perm, nodes };
}

const near = (a: number, b: number) => Math.abs(a - b) < 1e-5;
