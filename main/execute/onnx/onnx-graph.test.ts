import { fromBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../ops/program';
import { ProgramSketch } from '../fixtures/program-sketch';
import { ModelProtoSchema } from './onnx_pb';
import { OnnxGraphWriter } from './onnx-graph';
import { writeModel } from './onnx-model';

const picture = (id: number, shape: readonly number[]): Value => ({ id, shape, dtype: 'float32' });
const graphOf = (bytes: Uint8Array) => fromBinary(ModelProtoSchema, bytes).graph!;
const LAYOUT_CHANGES = ['0,3,1,2', '0,2,3,1'];

/** How many of the nodes turn a picture from one layout to the other. */
function layoutChanges(bytes: Uint8Array): number {
  return graphOf(bytes).node.filter(
    ({ opType, attribute }) => opType === 'Transpose' && LAYOUT_CHANGES.includes(`${attribute[0]?.ints}`),
  ).length;
}

describe('OnnxGraphWriter', () => {
  it('turns a picture once, however often it is read', () => {
    const graph = new OnnxGraphWriter();
    const x = picture(0, [2, 5, 4, 3]);
    graph.define(x, graph.input('x', 'float32', x.shape));
    expect(graph.layoutOf(x)).toBe('channelsLast');
    expect(graph.get(x)).toBe('x');
    expect(graph.has(x, 'channelsFirst')).toBe(false);
    const turned = graph.get(x, 'channelsFirst');
    expect(graph.has(x, 'channelsFirst')).toBe(true);
    expect(graph.get(x, 'channelsFirst')).toBe(turned);
    const y = picture(1, x.shape);
    const [relu = ''] = graph.node('Relu', [turned]);
    graph.define(y, relu, 'channelsFirst');
    expect(graph.layoutOf(y)).toBe('channelsFirst');
    expect(graph.get(y, 'channelsFirst')).toBe(relu);
    graph.output(graph.get(y), 'float32', y.shape);
    graph.get(y);
    const bytes = graph.model('turns');
    expect(layoutChanges(bytes)).toBe(2);
  });

  it.each([[[2, 5, 4, 1]], [[2, 1, 1, 6]]])('only renames the axes of a picture %s', (shape) => {
    const graph = new OnnxGraphWriter();
    const x = picture(0, shape);
    graph.define(x, graph.input('x', 'float32', shape));
    graph.get(x, 'channelsFirst');
    const { node } = graphOf(graph.model('renames'));
    expect(node.map(({ opType }) => opType)).toEqual(['Reshape']);
  });

  it('refuses another layout for what is no picture, and values that were never made', () => {
    const graph = new OnnxGraphWriter();
    const x = picture(0, [2, 5]);
    graph.define(x, graph.input('x', 'float32', x.shape));
    expect(() => graph.get(x, 'channelsFirst')).toThrow('Only pictures');
    expect(() => graph.get(picture(1, [2]))).toThrow('before it is made');
  });

  it('writes equal constants once', () => {
    const graph = new OnnxGraphWriter();
    expect(graph.float(2)).toBe(graph.float(2));
    expect(graph.float([2])).not.toBe(graph.float(2));
    expect(graph.int64([2])).not.toBe(graph.float([2]));
    expect(graph.int64([1, 2])).toBe(graph.int64([1, 2]));
    const { initializer } = graphOf(graph.model('constants'));
    expect(initializer).toHaveLength(4);
  });

  it('writes attributes by their kind, and nodes under their layer', () => {
    const graph = new OnnxGraphWriter();
    graph.input('x', 'float32', [2]);
    graph.enter('dense-1′');
    graph.node('Gemm', ['x'], {
      transA: 1,
      alpha: { float: 0.5 },
      mode: 'same',
      pads: [0, 1],
      scales: { floats: [2] },
    });
    const [node] = graphOf(graph.model('attributes')).node;
    expect(node?.name).toMatch(/^dense-1′\/Gemm/);
    expect(graph.layerOfNode.get(node?.name ?? '')).toBe('dense-1′');
    expect(node?.attribute).toMatchObject([
      { name: 'transA', type: 2, i: 1n },
      { name: 'alpha', type: 1, f: 0.5 },
      { name: 'mode', type: 3, s: Uint8Array.from(Buffer.from('same')) },
      { name: 'pads', type: 7, ints: [0n, 1n] },
      { name: 'scales', type: 6, floats: [2] },
    ]);
  });

  it('hands a tensor back under its own name, and copies only what has none', () => {
    const graph = new OnnxGraphWriter();
    const x = graph.input('x', 'float32', [2]);
    const [y = ''] = graph.node('Relu', [x]);
    expect(graph.output(y, 'float32', [2])).toBe(y);
    const again = graph.output(y, 'float32', [2]);
    const input = graph.output(x, 'float32', [2]);
    expect(new Set([y, again, input]).size).toBe(3);
    const { node, output } = graphOf(graph.model('outputs'));
    expect(node.map(({ opType }) => opType)).toEqual(['Relu', 'Identity', 'Identity']);
    expect(output.map(({ name }) => name)).toEqual([y, again, input]);
  });

  it.each([
    ['many channels', 8, { Gemm: 4, ConvTranspose: 0 }],
    ['one channel', 1, { Gemm: 1, ConvTranspose: 1 }],
    ['few channels', 3, { Gemm: 0, ConvTranspose: 1 }],
  ])('puts a transposed convolution to %s together from products where that pays', (_, channels, counts) => {
    const sketch = new ProgramSketch();
    const inputs = [sketch.feed('dy', [2, 4, 4, 16]), sketch.feed('kernel', [3, 3, channels, 16])];
    const attributes = { stride: 2, pads: [0, 1, 0, 1], size: [8, 8] };
    const y = sketch.add('conv2dInputGradient', inputs, attributes);
    const { node } = graphOf(writeModel(sketch.program('adjoint', { y }), []).bytes);
    for (const [op, count] of Object.entries(counts)) {
      expect(
        node.filter(({ opType }) => opType === op),
        op,
      ).toHaveLength(count);
    }
  });

  it('keeps a stack of max pools channels-first, turned at its borders only', () => {
    const sketch = new ProgramSketch();
    let x = sketch.feed('x', [2, 16, 16, 3]);
    for (let i = 0; i < 3; i++) {
      x = sketch.add('maxPool2d', [x], { size: 2, stride: 2, pads: [0, 0, 0, 0] });
      x = sketch.add('relu', [x]);
    }
    const { bytes } = writeModel(
      sketch.program('pools', { y: sketch.add('reshape', [x], { shape: [2, 12] }) }),
      [],
    );
    expect(layoutChanges(bytes)).toBe(2);
  });
});
