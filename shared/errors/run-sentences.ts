import { count, megabytes, type Sentence, type Sentences } from './sentence';

/** Four significant digits. */
const short = (value: number) => String(Number(value.toPrecision(4)));

/** Of memory, what is needed and what there is. */
interface Shortage {
  readonly bytes: number;
  readonly free: number;
  readonly batchSize: number;
  /** The other engine, where a run would fit with that. */
  readonly other: { readonly engine: string; readonly bytes: number } | null;
}

function lessMemory({ batchSize, other }: Shortage): string {
  const engine = other ? `, or the engine ${ENGINES[other.engine]} (about ${megabytes(other.bytes)})` : '';
  const batch = batchSize > 1 ? `a smaller batch size (it is ${count(batchSize)}), ` : '';
  return `${batch}fewer units or filters${engine}`;
}

const ENGINES: Readonly<Record<string, string>> = { tensorflow: 'TensorFlow', onnx: 'ONNX Runtime' };

/** What can keep a run from starting or end it. */
export const runSentences = {
  // Engines
  ENGINE_ABSENT: (v: { engine: string; reason: string; cure: string }): Sentence => ({
    message: `The ${v.engine} engine was asked for but is not here: ${v.reason}.`,
    hint: v.cure,
  }),
  ENGINE_FAILED: (v: { engine: string; program: string; detail: string }): Sentence => ({
    message: `${v.engine} could not run “${v.program}”: ${v.detail}`,
    hint: 'Choose the other engine; if memory ran out, a smaller batch size or fewer units help.',
  }),
  ENGINE_REFUSED: (v: { engine: string; detail: string }): Sentence => ({
    message: `${v.engine} could not build this model: ${v.detail}`,
    hint: 'Choose the other engine, or simplify the block that is named.',
  }),

  // Training
  BATCH_CLAMPED: (v: { batchSize: number; samples: number }): Sentence => ({
    severity: 'warning',
    message: `A batch of ${count(v.batchSize)} was asked for, but there are ${count(v.samples)} training samples; each step takes all of them.`,
    hint: 'Choose a smaller batch, more data or a smaller validation share.',
  }),
  BCE_DATA_RANGE: (v: { min: number; max: number }): Sentence => ({
    message: `Binary cross-entropy needs samples between 0 and 1, but these run from ${short(v.min)} to ${short(v.max)}.`,
    hint: 'Set the loss to mean squared error and the output activation to linear, or scale the data to 0–1.',
  }),
  LAB_DATA_RANGE: (v: { min: number; max: number }): Sentence => ({
    message: `L*a*b* is of pictures with values from 0 to 1, but these run from ${short(v.min)} to ${short(v.max)}.`,
    hint: 'Scale the data to 0–1, or let the task’s colours be red, green and blue.',
  }),
  BCE_HELD_OUT_RANGE: (v: { min: number; max: number }): Sentence => ({
    severity: 'warning',
    message: `Binary cross-entropy is of values between 0 and 1, as the samples trained on are; held-out ones run from ${short(v.min)} to ${short(v.max)}, where their loss says little.`,
    hint: 'Go by their mean squared error, or set the loss to it.',
  }),
  MEMORY_LACKING: (v: Shortage): Sentence => ({
    message: `Training takes at least ${megabytes(v.bytes)} of memory, and this machine has ${megabytes(v.free)} in all.`,
    hint: `Choose ${lessMemory(v)}.`,
  }),
  MEMORY_SHORT: (v: Shortage): Sentence => ({
    message: `Training most likely takes ${megabytes(v.bytes)} of memory, but ${megabytes(v.free)} are free.`,
    hint: `Choose ${lessMemory(v)}, or close other programs; or start it anyway.`,
  }),
  UNITS_SILENT: (v: { block: string; silent: number; units: number; samples: number }): Sentence => ({
    severity: 'warning',
    message: `${count(v.silent)} of the ${count(v.units)} units of ${v.block} give out nothing for any of ${count(v.samples)} samples: they start dead, and a ReLU at 0 does not learn.`,
    hint: 'Set its activation to leaky ReLU or ELU, or bring the data to values around 0.',
  }),
  CODES_TOO_FEW: (v: { codes: number; least: number }): Sentence => ({
    message: `UMAP needs at least ${v.least} codes to lay out, but there are ${v.codes}.`,
    hint: 'Choose PCA or two values of the code, or train with more samples held out for validation.',
  }),
  NAN_LOSS: (v: { step: number; epoch: number; learningRate: number; what: string }): Sentence => ({
    message: `${v.what} became infinite or not a number at step ${count(v.step)} (epoch ${v.epoch}); the run stopped there, with the last good weights.`,
    hint: `Try a lower learning rate (it is ${v.learningRate}; a tenth of that is a good next try), another optimizer such as Adam, or fewer layers. If the data has very large values, scale it to 0–1.`,
  }),
  OUTPUT_OUT_OF_REACH: (v: {
    activation: string;
    lowest: number;
    highest: number;
    min: number;
    max: number;
  }): Sentence => ({
    severity: 'warning',
    message: `The output activation ${v.activation} gives values ${Number.isFinite(v.highest) ? `from ${v.lowest} to ${v.highest}` : `of at least ${v.lowest}`}, but the samples run from ${short(v.min)} to ${short(v.max)}.`,
    hint: 'Set the output activation to linear, or scale the data.',
  }),
  OTHER_DATA_SHAPE: (v: { name: string; shape: string; expected: string }): Sentence => ({
    message: `Samples of ${v.name} are ${v.shape}, but the model was trained on samples of ${v.expected}.`,
    hint: 'Choose data of the same shape; pictures of another size can be trained on by themselves.',
  }),
  LAYER_UNKNOWN: (v: { layer: string }): Sentence => ({
    message: `The run has no layer “${v.layer}”.`,
    hint: 'It was trained from another drawing; choose one of its own layers, or train this drawing.',
  }),
  SAMPLE_UNKNOWN: (v: { place: number; samples: number }): Sentence => ({
    message: `Sample ${count(v.place)} was asked for; there are ${count(v.samples)}.`,
    hint: 'Choose one of those shown.',
  }),
  SAMPLES_NONE: (v: { group: string }): Sentence => ({
    message: `The run has no ${v.group} samples.`,
    hint: 'Choose other samples to export.',
  }),
  CHECKPOINT_DAMAGED: (v: { path: string; why: string }): Sentence => ({
    message: `No run can go on from ${v.path}: ${v.why}.`,
    hint: 'Go on from an older checkpoint, or train anew.',
  }),
  CHECKPOINT_OTHER_DRAWING: (): Sentence => ({
    message: 'The checkpoint is of another drawing: blocks or settings have changed since.',
    hint: 'Go on with the drawing that lies beside the checkpoint, or train this one anew.',
  }),
  CHECKPOINT_OTHER_DATA: (): Sentence => ({
    message: 'The data have changed since the checkpoint was made.',
    hint: 'Put the data back as they were, or train anew.',
  }),
  CHECKPOINT_NONE: (v: { path: string }): Sentence => ({
    message: `There is no checkpoint to go on from in ${v.path}.`,
    hint: 'Name the folder of a run that was interrupted; of those that came to their end, only the newest keep one.',
  }),
  CHECKPOINT_OTHER_ENGINE: (v: { was: string; is: string }): Sentence => ({
    message: `The checkpoint was made by ${v.was}, and ${v.is} would not go on exactly as that does.`,
    hint: 'Choose that engine, or train anew; “hourglass resume --inexact” goes on all the same.',
  }),
  MODEL_TRAINED: (v: { file: string; epochs: number }): Sentence => ({
    message: `Nothing is left to train in ${v.file}: the epochs of its drawing are done (${count(v.epochs)}).`,
    hint: 'Say how many more it is to have: --more-epochs.',
  }),
  CHECKPOINT_COMPLETE: (v: { epochs: number }): Sentence => ({
    message: `The run came to its end after ${v.epochs === 1 ? 'one epoch' : `${count(v.epochs)} epochs`}.`,
    hint: 'Say for how many more epochs it is to go on.',
  }),
  CHECKPOINT_LEADS_NOWHERE: (v: { step: number }): Sentence => ({
    message: `The run’s loss became no number after step ${count(v.step)}; gone on with as it was, it would again.`,
    hint: 'Go on with a lower learning rate.',
  }),
  CHECKPOINT_TAKEN: (v: { path: string }): Sentence => ({
    message: `The run in ${v.path} is being trained already, or somebody has just gone on with it.`,
    hint: 'Wait until it has ended, or end the other program first.',
  }),
  RUN_WITHOUT_DATA: (): Sentence => ({
    message: 'The data that the model was trained on are not here.',
    hint: 'Choose them in the panel of the run, or try samples of your own.',
  }),
  RUN_FOLDER_TAKEN: (v: { path: string }): Sentence => ({
    message: `There is a run in ${v.path} already.`,
    hint: 'Choose another folder, or add --force to put this one in its place.',
  }),
  CHECKPOINT_NOT_KEPT: (v: { reason: string }): Sentence => ({
    severity: 'warning',
    message: `The run goes on, but can’t be saved as it goes: ${v.reason}`,
    hint: 'Should it be interrupted now, it goes on from an earlier epoch, or from none.',
  }),
  WEIGHTS_NONE_FIT: (v: { model: string }): Sentence => ({
    message: `Expected “${v.model}” to have weights for this drawing, but no layer that was asked for has a counterpart of its shape there.`,
    hint: 'Choose another model or another part of it, or give the blocks the sizes they have there.',
  }),
  WEIGHTS_OPTION: (v: { option: string }): Sentence => ({
    message: `${v.option} says what is taken of a model, but none was named.`,
    hint: 'Name one by --weights, or leave the option out.',
  }),
  WEIGHTS_RUN_GONE: (): Sentence => ({
    message: 'The last run’s weights are no longer in the engine.',
    hint: 'Begin with fresh weights, or load those of the run that was kept.',
  }),
  WEIGHTS_UNKNOWN_BLOCK: (v: { block: string; known: string }): Sentence => ({
    message: `The drawing has no block “${v.block}” with weights.`,
    hint: `Those with weights are ${v.known}.`,
  }),
  RUN_NOT_MEASURED: (): Sentence => ({
    message: 'The run has not been measured on these samples.',
    hint: 'Let it come to its end; one that was stopped is not measured.',
  }),
  RUN_NOT_READY: (): Sentence => ({
    message: 'The run has no weights yet, or they have been let go.',
    hint: 'Wait until training has begun, or start a new run.',
  }),
  SAMPLE_LENGTH: (v: { expected: number; shape: string; got: number }): Sentence => ({
    message: `Expected one sample of ${v.shape} (${count(v.expected)} values), got ${count(v.got)}.`,
    hint: 'Choose a picture of your own again; it is brought to the shape of the data.',
  }),
} satisfies Sentences;
