import { blockOf } from '../blocks/catalogue';
import type { ParameterValue } from '../blocks/parameter';
import { newOptimizer } from '../optimizers/catalogue';
import { newSchedule } from '../schedules/catalogue';
import { DOCUMENT_VERSION, type DocumentBlock, type GraphDocument } from './graph-document';

/** A block with its default parameters, some of them given. Throws for a type that is not in the catalogue. */
export function newBlock(
  type: string,
  id: string,
  given: Readonly<Record<string, ParameterValue>> = {},
): DocumentBlock {
  const definition = blockOf(type);
  if (!definition) throw new Error(`no block of type ${type}`);
  const defaults = Object.entries(definition.params).map(([name, entry]) => [name, entry.default]);
  return { id, type, params: { ...Object.fromEntries(defaults), ...given } };
}

/** The empty canvas: an input and the output end, ready to be drawn on, for the built-in digits. */
export function emptyDocument(): GraphDocument {
  return {
    format: 'hourglass',
    version: DOCUMENT_VERSION,
    name: 'Untitled',
    task: { kind: 'reconstruct' },
    data: { kind: 'builtin', name: 'digits-and-shapes', count: 6000, shape: [28, 28, 1] },
    blocks: [newBlock('input', 'input')],
    wires: [],
    output: { activation: 'sigmoid', loss: 'mse' },
    decoder: {},
    skips: {},
    tied: [],
    training: {
      optimizer: newOptimizer('adam'),
      learningRate: 0.001,
      schedule: newSchedule('constant'),
      batchSize: 128,
      epochs: 20,
      patience: 0,
      validationShare: 0.1,
      seed: 1,
    },
    layout: {},
  };
}

/** A good first drawing: two dense layers and a code of 16 on the built-in digits. */
export function newDocument(): GraphDocument {
  return {
    ...emptyDocument(),
    blocks: [
      newBlock('input', 'input'),
      newBlock('dense', 'dense-1', { units: 256 }),
      newBlock('dense', 'dense-2', { units: 64 }),
      newBlock('code', 'code', { size: 16 }),
    ],
    wires: [
      { from: 'input', to: 'dense-1' },
      { from: 'dense-1', to: 'dense-2' },
      { from: 'dense-2', to: 'code' },
    ],
    output: { activation: 'sigmoid', loss: 'bce' },
  };
}
