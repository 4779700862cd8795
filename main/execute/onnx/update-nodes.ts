import { onnxNode } from '../../ops/onnx-nodes';
import type { Value } from '../../ops/program';
import type { OnnxGraphWriter } from './onnx-graph';
import type { PackUpdate, StatePack } from './state-packs';

/** The tensors, each the length of its pack, that become the state after a run; and what the guard looks at. */
interface WrittenUpdate {
  readonly next: readonly { readonly pack: StatePack; readonly tensor: string }[];
  /** The gradients of the pack, end to end; null for what has none. */
  readonly gradient: { readonly tensor: string; readonly values: readonly Value[] } | null;
}

/**
 * Writes the nodes of the updates of one pack, by the formulas in the comment of `Update`.
 * @param current the graph's input that holds a pack as it was before the run.
 */
export function writeUpdate(
  graph: OnnxGraphWriter,
  { pack, slots, updates }: PackUpdate,
  current: (pack: StatePack) => string,
): WrittenUpdate {
  const [first] = updates;
  const arithmetic = arithmeticOn(graph);
  const { add, sub, mul, div, sqrt } = arithmetic;
  const constant = (name: string) => graph.float(numberOf(first.constants, name, pack));
  const scalar = (role: string) => graph.get(inputOf(first.inputs, role, pack));
  const slot = (role: string) => {
    const found = slots[role];
    if (!found) throw new Error(`The update ${first.kind} of ${pack.name} lacks the slot ${role}.`);
    return found;
  };
  const joined = (role: string): { tensor: string; values: readonly Value[] } => {
    const values = updates.map((update) => inputOf(update.inputs, role, pack));
    const flat = values.map((value) => onnxNode(graph, 'Reshape', [graph.get(value), graph.int64([-1])]));
    return {
      tensor: flat.length === 1 ? (flat[0] ?? '') : onnxNode(graph, 'Concat', flat, { axis: 0 }),
      values,
    };
  };

  if (first.kind === 'assign') {
    return { next: [{ pack, tensor: joined('value').tensor }], gradient: null };
  }
  const w = current(pack);
  const gradient = joined('gradient');
  const g = gradient.tensor;
  const learningRate = scalar('learningRate');

  if (first.kind === 'sgd') {
    const step = mul(learningRate, g);
    if (!slots.velocity) return { next: [{ pack, tensor: sub(w, step) }], gradient };
    const velocity = sub(mul(current(slots.velocity), constant('momentum')), step);
    return {
      next: [
        { pack, tensor: add(w, velocity) },
        { pack: slots.velocity, tensor: velocity },
      ],
      gradient,
    };
  }

  if (first.kind === 'rmsprop') {
    const rho = numberOf(first.constants, 'rho', pack);
    const meanSquare = add(
      mul(current(slot('meanSquare')), graph.float(rho)),
      mul(mul(g, graph.float(1 - rho)), g),
    );
    const step = div(mul(learningRate, g), sqrt(add(meanSquare, constant('epsilon'))));
    const next = [{ pack: slot('meanSquare'), tensor: meanSquare }];
    if (!slots.momentum) return { next: [{ pack, tensor: sub(w, step) }, ...next], gradient };
    const momentum = add(mul(current(slots.momentum), constant('momentum')), step);
    return {
      next: [{ pack, tensor: sub(w, momentum) }, { pack: slots.momentum, tensor: momentum }, ...next],
      gradient,
    };
  }

  const beta1 = numberOf(first.constants, 'beta1', pack);
  const beta2 = numberOf(first.constants, 'beta2', pack);
  const one = graph.float(1);
  const alpha = div(mul(learningRate, sqrt(sub(one, scalar('beta2Power')))), sub(one, scalar('beta1Power')));
  const m = add(mul(current(slot('m')), graph.float(beta1)), mul(g, graph.float(1 - beta1)));
  const v = add(mul(current(slot('v')), graph.float(beta2)), mul(mul(g, graph.float(1 - beta2)), g));
  const step = div(mul(m, alpha), add(sqrt(v), constant('epsilon')));
  return {
    next: [
      { pack, tensor: sub(w, step) },
      { pack: slot('m'), tensor: m },
      { pack: slot('v'), tensor: v },
    ],
    gradient,
  };
}

function arithmeticOn(graph: OnnxGraphWriter) {
  const binary = (op: string) => (a: string, b: string) => onnxNode(graph, op, [a, b]);
  return {
    add: binary('Add'),
    sub: binary('Sub'),
    mul: binary('Mul'),
    div: binary('Div'),
    sqrt: (a: string) => onnxNode(graph, 'Sqrt', [a]),
  };
}

function inputOf(inputs: Readonly<Record<string, Value>>, role: string, pack: StatePack): Value {
  const value = inputs[role];
  if (!value) throw new Error(`An update of ${pack.name} lacks the input ${role}.`);
  return value;
}

function numberOf(constants: Readonly<Record<string, number>>, name: string, pack: StatePack): number {
  const value = constants[name];
  if (value === undefined) throw new Error(`An update of ${pack.name} lacks the constant ${name}.`);
  return value;
}
