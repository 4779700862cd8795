import { describe, expect, it } from 'vitest';
import type { Program, StateSpec } from '../ops/program';
import { assertProgram } from './assert-program';
import { ProgramBuilder } from './program-builder';

const state: StateSpec[] = [{ name: 'w', shape: [3] }];

function sound(): Program {
  const build = new ProgramBuilder();
  const w = build.read('w', [3]);
  const x = build.feed('x', [3]);
  const gradient = build.add('sub', [w, x]);
  const loss = build.add('reduceSum', [build.add('square', [gradient])], { axes: [0] });
  const learningRate = build.feed('learningRate', []);
  const inputs = { gradient, learningRate };
  return build.finish('step', {
    outputs: { loss },
    guard: [loss, gradient],
    updates: [{ kind: 'sgd', state: 'w', slots: {}, inputs, constants: {} }],
  });
}

describe('assertProgram', () => {
  it('lets a sound program pass', () => {
    expect(() => assertProgram(sound(), state)).not.toThrow();
  });

  const program = sound();
  const [update] = program.updates;
  const [read] = program.reads;
  const [node] = program.nodes;
  if (!update || !read || !node) throw new Error('The sound program lacks a part.');
  const broken: readonly { fault: RegExp; program: Program }[] = [
    { fault: /used before it is made/, program: { ...program, nodes: program.nodes.toReversed() } },
    { fault: /made twice/, program: { ...program, nodes: [...program.nodes, node] } },
    { fault: /no state “v”/, program: { ...program, reads: [{ ...read, state: 'v' }] } },
    { fault: /no state “v”/, program: { ...program, updates: [{ ...update, slots: { velocity: 'v' } }] } },
    { fault: /update “w” is there twice/, program: { ...program, updates: [update, update] } },
    {
      fault: /gradient of w must have the shape \[3\]/,
      program: {
        ...program,
        updates: [{ ...update, inputs: { ...update.inputs, gradient: program.guard[0] ?? node.output } }],
      },
    },
    { fault: /guards without updating/, program: { ...program, updates: [] } },
    {
      fault: /output of sub must have the shape/,
      program: { ...program, nodes: [{ ...node, output: { ...node.output, shape: [4] } }] },
    },
  ];
  it.each(broken)('refuses a program where: $fault', ({ fault, program: bad }) => {
    expect(() => assertProgram(bad, state)).toThrow(fault);
    expect(() => assertProgram(bad, state)).toThrow(/^program step: /);
  });
});
