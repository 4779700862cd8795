import { create, toBinary } from '@bufbuild/protobuf';
import { dataTypes, GraphWriter, tensorShape } from '../../execute/tensorflow/saved-model/graph-writer';
import { SavedModelSchema } from '../../execute/tensorflow/saved-model/saved-model_pb';
import { SERVE_TAG } from '../../execute/tensorflow/saved-model/saved-model-folder';
import { opOf } from '../../ops/catalogue';
import type { Value } from '../../ops/program';
import { CODES, RECONSTRUCTIONS, SAMPLES } from '../ends';
import type { ExportSubject } from '../format';
import { forwardProgram } from '../forward-program';
import { LayerNames } from '../layer-names';
import { assertOpenBatch, isOpen, OPEN_BATCH } from '../open-batch';
import { weightOf } from '../weight-of';
import { OpenProgramGraph } from './open-program-graph';

export const SAVED_MODEL_FILE = 'saved_model.pb';
export const SIGNATURE = 'serving_default';

/** `saved_model.pb` of what is exported. */
export function savedModelBytes({ model, plan, part }: ExportSubject): Uint8Array {
  const program = forwardProgram(plan, part, model.preprocessing, OPEN_BATCH);
  assertOpenBatch(program);
  const names = new LayerNames([SAMPLES, CODES, RECONSTRUCTIONS, part]);
  const writer = new GraphWriter();
  const graph = new OpenProgramGraph(writer, part);
  const ends = { inputs: new Map<string, Port>(), outputs: new Map<string, Port>() };
  for (const { name, value } of program.feeds) {
    const tensor = graph.input(name, value.dtype, openShape(value));
    graph.set(value, tensor);
    ends.inputs.set(name, { tensor, value });
  }
  for (const { state, value } of program.reads) {
    const slash = state.lastIndexOf('/');
    const path = `${names.of(state.slice(0, slash))}/${state.slice(slash + 1)}`;
    graph.set(value, graph.weight(path, weightOf(model, state)));
  }
  for (const node of program.nodes) {
    graph.layer = node.layer === null ? null : names.of(node.layer);
    graph.set(node.output, opOf(node.op).tensorflow(graph, node));
  }
  graph.layer = null;
  for (const { name, value } of program.outputs) {
    const tensor = graph.named(name, graph.get(value));
    ends.outputs.set(name, { tensor, value });
  }
  return toBinary(
    SavedModelSchema,
    create(SavedModelSchema, {
      savedModelSchemaVersion: 1n,
      metaGraphs: [
        {
          metaInfoDef: { tags: [SERVE_TAG], tensorflowVersion: '2.9.0' },
          graphDef: writer.graph,
          signatureDef: {
            [SIGNATURE]: {
              inputs: infoOf(ends.inputs),
              outputs: infoOf(ends.outputs),
              methodName: 'tensorflow/serving/predict',
            },
          },
        },
      ],
    }),
  );
}

interface Port {
  readonly tensor: string;
  readonly value: Value;
}

function infoOf(ports: ReadonlyMap<string, Port>) {
  return Object.fromEntries(
    [...ports].map(([name, { tensor, value }]) => [
      name,
      { name: tensor, dtype: dataTypes[value.dtype], tensorShape: tensorShape(openShape(value)) },
    ]),
  );
}

/** A value's shape with −1 for the batch, as TensorFlow writes what is open. */
function openShape({ shape }: Value): number[] {
  return shape.map((length) => (isOpen(length) ? -1 : length));
}
