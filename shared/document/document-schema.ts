import { z } from 'zod';
import { augmentationParameters } from '../augmentation/augmentation';
import type { BlockDefinition } from '../blocks/block';
import { blocks } from '../blocks/catalogue';
import { ACTIVATIONS } from '../blocks/layer-ops';
import type { ParameterEntries, ParameterValue } from '../blocks/parameter';
import { losses } from '../losses/catalogue';
import { MAX_SIDE } from '../marks/picture-text';
import { optimizers } from '../optimizers/catalogue';
import { schedules } from '../schedules/catalogue';
import { tasks } from '../tasks/catalogue';
import { COLOUR_SPACES } from '../tasks/colour-space';
import { JOINS } from '../tensors/join';
import { dataSchema } from './data-reference';
import { DOCUMENT_VERSION, type GraphDocument } from './graph-document';
import { groupSchema } from './groups';
import { MAX_NOTES, noteSchema } from './notes';

// The window's Content Security Policy forbids compiling code, which zod would otherwise try.
z.config({ jitless: true });

/** The most blocks a drawing may have. */
export const MAX_BLOCKS = 5_000;

/** The most characters in the name of a block. */
export const MAX_BLOCK_NAME = 60;

/** Ids of blocks. `output` is the output end's; the other two name parts of every JavaScript object. */
const id = z
  .string()
  .max(64)
  .regex(/^(?!(?:output|constructor|prototype)$)[a-z][a-z0-9-]*$/);
/** Ids of canvas nodes: blocks, the output end, twins and flattenings. */
const nodeId = z
  .string()
  .max(80)
  .regex(/^(?!(?:constructor|prototype)$)[a-z][a-z0-9-]*(~flatten)?′?$/u);
const share = z.number().min(0).lt(1);

function blockSchema(block: BlockDefinition) {
  return z.strictObject({
    id,
    type: z.literal(block.type),
    name: z.string().min(1).max(MAX_BLOCK_NAME).optional(),
    params: z.strictObject(parameterSchemas(block.params)).prefault({}),
  });
}

function parameterSchemas(params: ParameterEntries) {
  return Object.fromEntries(
    Object.entries(params).map(([name, entry]) => {
      const schema: z.ZodType<ParameterValue> = entry.schema;
      return [name, schema.default(entry.default).describe(entry.help)];
    }),
  );
}

/** What is chosen from a catalogue: its type and its parameters, side by side. */
function chosenSchema({ type, params }: { readonly type: string; readonly params: ParameterEntries }) {
  return z.strictObject({ type: z.literal(type), ...parameterSchemas(params) });
}

const [firstBlock, ...otherBlocks] = blocks.map(blockSchema);
if (!firstBlock) throw new Error('the catalogue of blocks is empty');

const [firstOptimizer, ...otherOptimizers] = optimizers.map(chosenSchema);
if (!firstOptimizer) throw new Error('the catalogue of optimizers is empty');

const [firstSchedule, ...otherSchedules] = schedules.map(chosenSchema);
if (!firstSchedule) throw new Error('the catalogue of schedules is empty');

const { shift, flip, rotate } = augmentationParameters;
const augmentation = z.strictObject({
  shift: shift.schema.default(shift.default).describe(shift.help),
  flip: flip.schema.default(flip.default).describe(flip.help),
  rotate: rotate.schema.default(rotate.default).describe(rotate.help),
});

const training = z.strictObject({
  optimizer: z.discriminatedUnion('type', [firstOptimizer, ...otherOptimizers]),
  learningRate: z.number().gt(0),
  schedule: z
    .discriminatedUnion('type', [firstSchedule, ...otherSchedules])
    .prefault({ type: 'constant' })
    .describe('How the learning rate changes while training.'),
  batchSize: z.int().min(1).max(65_536),
  epochs: z.int().min(1).max(100_000),
  patience: z
    .int()
    .min(0)
    .max(100_000)
    .default(0)
    .describe(
      'Epochs without a better validation loss after which the run ends with the best weights; 0: never.',
    ),
  pretraining: z
    .strictObject({ epochs: z.int().min(0).max(100_000) })
    .optional()
    .describe(
      'Stacked pre-training: epochs each pair is trained for by itself, from the outermost in; 0: none.',
    ),
  clipNorm: z
    .number()
    .gt(0)
    .max(1e6)
    .optional()
    .describe('How long all gradients together may be at most; left out: any length.'),
  augmentation: augmentation
    .optional()
    .describe('What training does to its samples at random, each for itself; left out: nothing.'),
  validationShare: share.describe('Share of the training samples held out for validation.'),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
});

const loss = z.enum(losses.map(({ type }) => type));
const lossWeight = z.number().gt(0).max(1e6);

const output = z.strictObject({
  activation: z.enum(ACTIVATIONS),
  loss,
  lossWeight: lossWeight.optional().describe('What the loss counts for in a weighted sum; left out: 1.'),
  addedLosses: z
    .array(z.strictObject({ loss, weight: lossWeight }))
    .max(losses.length - 1)
    .optional()
    .describe('Losses added to the first, each of another kind and with its weight; left out: none.'),
});

const task = z.strictObject({
  kind: z.enum(tasks.map(({ kind }) => kind)).describe('What is made of each sample.'),
  space: z
    .enum(COLOUR_SPACES)
    .optional()
    .describe(
      'Of colouring: what the network gives out, red, green and blue (left out), or a* and b* beside the lightness it is given.',
    ),
});

/** A picture is the longest text: a digit a pixel, and a stroke a row. */
const MAX_TEXT = MAX_SIDE * (MAX_SIDE + 1);
const parameterValue = z.union([z.number(), z.string().max(MAX_TEXT), z.boolean()]);
const coordinate = z.number().min(-1e7).max(1e7);

/**
 * The whole document. Unknown entries are refused everywhere; parameters and optimizer constants that are left
 * out take their defaults. What a schema cannot say (ids that meet, wires that make a chain, differences that may
 * be) is checked after it.
 */
export const documentSchema: z.ZodType<GraphDocument> = z.strictObject({
  format: z.literal('hourglass'),
  version: z.literal(DOCUMENT_VERSION),
  name: z.string().max(200),
  task,
  data: dataSchema,
  blocks: z.array(z.discriminatedUnion('type', [firstBlock, ...otherBlocks])).max(MAX_BLOCKS),
  wires: z.array(z.strictObject({ from: id, to: id })).max(2 * MAX_BLOCKS),
  output,
  decoder: z
    .record(nodeId, z.record(z.string().max(64), parameterValue))
    .default({})
    .describe('Deliberate differences of decoder twins, by the block’s id with ′ (U+2032).'),
  skips: z
    .record(id, z.enum(JOINS))
    .default({})
    .describe('Skips from encoder blocks to their twins, by the block’s id: added, or concatenated.'),
  tied: z
    .array(id)
    .max(MAX_BLOCKS)
    .default([])
    .describe('Ids of the encoder blocks whose twins use their weights, transposed.'),
  bypassed: z
    .array(id)
    .max(MAX_BLOCKS)
    .optional()
    .describe(
      'Ids of the encoder blocks that the network leaves out, their twins with them; left out: none.',
    ),
  training,
  groups: z
    .array(groupSchema(id, MAX_BLOCKS))
    .max(MAX_BLOCKS)
    .optional()
    .describe('Blocks that belong together: drawn in a frame, or as one node.'),
  notes: z
    .array(noteSchema)
    .max(MAX_NOTES)
    .optional()
    .describe('Notes on the canvas: of the drawing, not of the network.'),
  layout: z
    .record(nodeId, z.strictObject({ x: coordinate, y: coordinate }))
    .default({})
    .describe('Canvas positions in pixels at zoom 1, by node id.'),
});

export const outputSchema = output;
export const taskSchema = task;
export const trainingSchema = training;

/** The published JSON Schema (draft 2020-12) of the files people write; `docs/document.schema.json` holds it. */
export function documentJsonSchema(): object {
  return {
    title: 'Hourglass drawing',
    ...z.toJSONSchema(documentSchema, { io: 'input' }),
  };
}
