import { appendFile } from 'node:fs/promises';
import { create, toBinary } from '@bufbuild/protobuf';
import { version } from '../../../package.json';
import { problem } from '../../../shared/errors/catalogue';
import { fileProblem } from '../../../shared/errors/file-problem';
import { EXPORT_PARTS } from '../../../shared/export/export-part';
import { findOnnx } from '../../execute/engine-presence';
import { ModelProtoSchema } from '../../execute/onnx/onnx_pb';
import { IR_VERSION, OPSET } from '../../execute/onnx/onnx-graph';
import { opOf } from '../../ops/catalogue';
import { CODES, RECONSTRUCTIONS, SAMPLES } from '../ends';
import type { ExportFormat, ExportStamp, ExportSubject } from '../format';
import { forwardProgram } from '../forward-program';
import { LayerNames } from '../layer-names';
import { assertOpenBatch, OPEN_BATCH } from '../open-batch';
import { tooLarge } from '../too-large';
import { weightOf } from '../weight-of';
import { writeFlushed } from '../write-flushed';
import { ExportGraphWriter } from './export-graph';

/** One ONNX graph of the forward part, weights inside, the batch axis open. */
export const onnx: ExportFormat = {
  name: 'onnx',
  title: 'ONNX',
  about:
    'One file that ONNX Runtime, OpenCV, TensorRT, Core ML tools and most other programs read; Netron draws it.',
  extension: '.onnx',
  parts: EXPORT_PARTS,
  problems: (subject) => tooLarge(subject, 'An ONNX file'),
  notes: ({ part }) =>
    part === 'decoder'
      ? []
      : [
          'Pictures are given as [batch, height, width, channels], channels last, as everywhere in Hourglass.',
        ],
  async write(subject, path) {
    await writeFlushed(path, [modelBytes(subject)]);
  },
  check: {
    samples: 8,
    async problem() {
      const presence = findOnnx();
      if ('present' in presence) return null;
      const { reason, cure } = presence;
      return problem('ENGINE_ABSENT', { engine: 'ONNX', reason, cure });
    },
    async run(path, { part }, batches, { signal }) {
      const { rerunOnnx } = await import('./rerun-onnx');
      return rerunOnnx(path, part, batches, signal);
    },
    async stamp(path, stamp) {
      // A protobuf message goes on where another of its kind ends: lists grow, nothing else changes.
      const bytes = toBinary(
        ModelProtoSchema,
        create(ModelProtoSchema, { metadataProps: stampProps(stamp) }),
      );
      try {
        await appendFile(path, bytes, { flush: true });
      } catch (error) {
        throw fileProblem(error, path, 'write');
      }
    },
  },
};

function modelBytes({ model, plan, part, name }: ExportSubject): Uint8Array {
  const program = forwardProgram(plan, part, model.preprocessing, OPEN_BATCH);
  assertOpenBatch(program);
  const graph = new ExportGraphWriter(new LayerNames([SAMPLES, CODES, RECONSTRUCTIONS]));
  for (const { name: feed, value } of program.feeds) {
    graph.define(value, graph.input(feed, value.dtype, value.shape));
  }
  for (const { state, value } of program.reads) {
    graph.define(value, graph.weight(graph.nameOfWeight(state), weightOf(model, state)));
  }
  for (const node of program.nodes) {
    graph.enter(node.layer);
    const written = opOf(node.op).onnx(graph, node);
    if (typeof written === 'string') graph.define(node.output, written);
    else graph.define(node.output, written.name, written.layout);
  }
  graph.enter(null);
  for (const { name: output, value } of program.outputs) {
    graph.handOut(graph.get(value), output, value.dtype, value.shape);
  }
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: IR_VERSION,
      producerName: 'Hourglass',
      producerVersion: version,
      opsetImport: [{ domain: '', version: OPSET }],
      graph: { name: `${name}-${part}`.replace(/[^A-Za-z0-9]+/g, '_'), ...graph.parts() },
    }),
  );
}

function stampProps(stamp: ExportStamp): { key: string; value: string }[] {
  return Object.entries(stamp).map(([key, value]) => ({ key: `hourglass.${key}`, value: String(value) }));
}
