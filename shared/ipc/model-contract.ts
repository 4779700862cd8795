import { z } from 'zod';
import { keptRunId } from './kept-run-id';
import { modelAbout, modelData, modelPictures, modelSource } from './model-schemas';
import { baseFolder, document } from './value-schemas';

/** Calls about trained models. */
export const modelCalls = {
  /** Reads a model file, checks all of it and keeps it by an id. For the host alone, which answers `files.read` with it. */
  'model.open': {
    to: 'engine',
    hostOnly: true,
    params: z.object({ path: z.string().min(1) }),
    result: z.object({ text: z.string(), stamp: z.string(), about: modelAbout }),
  },
  /** Reads the drawing of a model file alone, whatever is wrong with its weights. For the host alone. */
  'model.drawing': {
    to: 'engine',
    hostOnly: true,
    params: z.object({ path: z.string().min(1) }),
    result: z.object({ text: z.string() }),
  },
  /** Reads the folder of a run that has ended and keeps its model by an id. For the host alone, which answers `runs.openTrained` with it. */
  'model.openFolder': {
    to: 'engine',
    hostOnly: true,
    params: z.object({ folder: z.string().min(1) }),
    result: z.object({ document, about: modelAbout }),
  },
  /** Opens a kept run as a model file is: its drawing, with data paths relative to `folder`, and its weights, kept by an id. */
  'runs.openTrained': {
    to: 'host',
    params: z.object({ id: keptRunId }),
    result: z.object({ document, folder: z.string(), about: modelAbout }),
  },
  /** Writes a kept run as a model file: its drawing, weights and what training goes on from. As `files.writeModel`. */
  'runs.saveModel': {
    to: 'host',
    params: z.object({ id: keptRunId, path: z.string(), document, pictures: z.boolean() }),
    result: z.object({ path: z.string(), hash: z.string() }),
  },
  /**
   * Makes an opened model the run that is looked into: nothing is trained, and all that can be asked of a run that has ended can be
   * asked of it. Refused while a run goes on; MODEL_DATA_MISSING where its data are not where the drawing says,
   * MODEL_OTHER_DATA where those are others, MODEL_UNFIT where the drawing has become another. `data`: `none` shows what there is
   * without them (losses, figures, weights, codes, samples of one's own), `other` takes others, scaled as the model's own were.
   */
  'model.use': {
    to: 'engine',
    params: z.object({ modelId: z.string(), document, baseFolder, data: modelData.optional() }),
    result: z.object({ runId: z.string() }),
  },
  /** The picture of samples and their reconstructions that an opened model brought along (PNG); null where it has none. */
  'model.picture': {
    to: 'engine',
    params: z.object({ modelId: z.string() }),
    result: z.object({ png: z.instanceof(Uint8Array).nullable() }),
  },
  /** Trains an opened model for more epochs, from where its training stood. Refused likewise. */
  'model.trainOn': {
    to: 'engine',
    params: z.object({
      modelId: z.string(),
      document,
      baseFolder,
      moreEpochs: z.int().min(1).max(100_000),
      engine: z.enum(['tensorflow', 'onnx']).optional(),
    }),
    result: z.object({ runId: z.string(), document }),
  },
  /** Writes a model file whole or not at all. For the host alone, which answers `files.writeModel` with it. */
  'model.save': {
    to: 'engine',
    hostOnly: true,
    params: z.object({
      path: z.string().min(1),
      document,
      /** `folder`: that of a kept run, before a file. */
      source: modelSource.extend({ folder: z.string().optional() }),
      pictures: modelPictures,
      app: z.string(),
    }),
    result: z.object({ stamp: z.string(), pictures: z.boolean() }),
  },
  /**
   * Writes a drawing with weights: those of a run that rests, where one is named and they fit, else those of an opened model, else
   * those of another model file (`stamp`: what it was when last read). `expectedHash` as in `files.write`. `pictures`: whether a
   * picture of samples and reconstructions goes along; null: where the file has one that is open. Answered with whether one went.
   */
  'files.writeModel': {
    to: 'host',
    params: z.object({
      path: z.string(),
      document,
      expectedHash: z.string().nullable(),
      source: modelSource,
      pictures: modelPictures,
    }),
    result: z.object({ path: z.string(), hash: z.string(), pictures: z.boolean() }),
  },
} as const;
