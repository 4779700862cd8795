import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import type { Shape } from '../../../shared/tensors/shape';
import type { ForeignBuilder } from '../foreign-builder';
import { refused } from '../refusal';
import { foldConstants, splitConstant } from './fold-constants';
import type { OnnxConstant } from './onnx-constant';
import { onnxLayer } from './onnx-layers';
import type { OnnxNode } from './onnx-node';
import { normaliseOver } from './onnx-normalisation';
import { findPatterns } from './onnx-patterns';
import { transposeSample } from './onnx-rearranging';

/** The most numbers that all nodes together make ahead. */
const MOST_MADE = 2 ** 26;

/** A graph without what isn't needed of it. */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  /** Weights by name. @throws ProblemError where they are damaged */
  constant(name: string): OnnxConstant | null;
  readonly input: string;
  /** Of what comes in, without its batch. */
  readonly inputShape: Shape;
  readonly output: string;
}

/**
 * Follows the samples through a graph, node by node, with one sample at a time: everything that exporters work out of
 * the shapes is then known.
 *
 * @throws ProblemError where the graph branches, or a node is none that can be read
 */
export function walkGraph(graph: OnnxGraph, builder: ForeignBuilder): void {
  const known = new Map<string, OnnxConstant>();
  const constantNamed = (name: string) => known.get(name) ?? graph.constant(name);
  const patterns = findPatterns(graph.nodes, constantNamed);
  let made = 0;
  let carried = graph.input;
  /** What carried the samples so far, with the shape of one. */
  const passed = new Map<string, Shape>([[carried, builder.shape]]);
  for (const node of graph.nodes) {
    if (patterns.within.has(node)) continue;
    const pattern = patterns.ends.get(node);
    const inputs = pattern ? [pattern.input] : node.inputs;
    const output = node.outputs[0] ?? '';
    if (node.op === 'Constant') {
      const value = node.constant();
      if (value) known.set(output, value);
      continue;
    }
    const carrier = inputs.indexOf(carried);
    const asked = node.op === 'Shape' && passed.get(inputs[0] ?? '');
    if (asked) {
      known.set(output, shapeOf(node, asked));
      continue;
    }
    if (carrier < 0) {
      if (inputs.some((name) => passed.has(name)))
        throw branches(node, 'takes what already went another way');
      const constants = inputs.map((name) => (name === '' ? null : constantNamed(name)));
      if (node.op === 'Split' && constants[0]) {
        for (const [part, value] of splitConstant(node, constants[0]).entries()) {
          known.set(node.outputs[part] ?? '', value);
        }
        continue;
      }
      const value = foldConstants(node, constants);
      made += value?.data.length ?? 0;
      if (made > MOST_MADE) throw refused(node, 'with those before it, it makes too many numbers');
      if (value) known.set(output, value);
      continue;
    }
    if (inputs.filter((name) => passed.has(name)).length > 1) throw branches(node, 'takes several');
    if (carried === graph.output) throw branches(node, 'goes on behind the output');
    if (pattern && 'epsilon' in pattern) normaliseOver(builder, node, pattern);
    else if (pattern) {
      builder.activation(node, pattern.activation);
      if (pattern.perm) transposeSample(builder, node, pattern.perm);
    } else onnxLayer({ builder, node, carrier, constant: (index) => constantOf(node, index, constantNamed) });
    carried = output;
    passed.set(carried, builder.shape);
  }
  if (carried !== graph.output) {
    throw new ProblemError(
      problem('IMPORT_BRANCHES', { layer: 'the output', why: 'is not what the last layer gives' }),
    );
  }
}

function constantOf(node: OnnxNode, index: number, named: (name: string) => OnnxConstant | null) {
  const name = node.inputs[index];
  if (name === undefined || name === '') return null;
  return named(name);
}

function shapeOf(node: OnnxNode, shape: Shape): OnnxConstant {
  const whole = [1, ...shape];
  const part = whole.slice(node.int('start', 0), node.has('end') ? node.int('end', whole.length) : undefined);
  return { dims: [part.length], data: Float64Array.from(part) };
}

function branches(node: OnnxNode, why: string): ProblemError {
  return new ProblemError(problem('IMPORT_BRANCHES', { layer: `“${node.name}” (${node.type})`, why }));
}
