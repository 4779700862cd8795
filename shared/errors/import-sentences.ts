import { count, megabytes, type Sentence, type Sentences } from './sentence';

const DRAWABLE =
  'Dense and convolutional layers, pools, normalisation, dropout and noise can be drawn, where the second half mirrors the first.';

/** What can be wrong with models of other programs that are to become drawings. */
export const importSentences = {
  IMPORT_BRANCHES: (v: { layer: string; why: string }): Sentence => ({
    message: `Expected layers that each feed the next one, but ${v.layer} ${v.why}.`,
    hint: 'Models that branch, skip or have several inputs or outputs can’t be imported; draw them instead.',
  }),
  IMPORT_CODE: (v: { layer: string; type: string }): Sentence => ({
    message: `“${v.layer}” (${v.type}) is code of its own, which is never run.`,
    hint: 'Replace it by layers that are built in, and save the model again.',
  }),
  IMPORT_DAMAGED: (v: { file: string; reason: string }): Sentence => ({
    message: `${v.file} is damaged, or not what it says it is: ${v.reason}.`,
    hint: 'Save or export the model again.',
  }),
  IMPORT_DIFFERS: (v: { difference: string; largest: string }): Sentence => ({
    message: `The drawing was to give what the model gives (up to ${v.largest}), but differs by up to ${v.difference}.`,
    hint: 'Something in the model is computed in a way of its own. Please report it, with the model if you may.',
  }),
  IMPORT_LAYER: (v: { layer: string; type: string; why: string }): Sentence => ({
    message: `“${v.layer}” (${v.type}) can’t be drawn: ${v.why}.`,
    hint: DRAWABLE,
  }),
  IMPORT_LAYER_UNKNOWN: (v: { layer: string; type: string }): Sentence => ({
    message: `“${v.layer}” is of the kind ${v.type}, for which there is no block.`,
    hint: DRAWABLE,
  }),
  IMPORT_MISSING_PART: (v: { file: string; part: string }): Sentence => ({
    message: `${v.file} needs ${v.part}, which is not there.`,
    hint: 'Keep all files of the model together in one folder.',
  }),
  IMPORT_MIRROR: (v: { block: string; expected: string; got: string }): Sentence => ({
    message: `The decoder does not mirror “${v.block}”: expected ${v.expected}, got ${v.got}.`,
    hint: 'Only models whose second half mirrors the first become drawings.',
  }),
  IMPORT_NO_CODE: (v: { why: string }): Sentence => ({
    message: `No narrowest layer was found that could be the code: ${v.why}.`,
    hint: 'An autoencoder narrows to a code and widens again to the shape that came in.',
  }),
  IMPORT_NOT_RECOGNISED: (v: { file: string; found: string }): Sentence => ({
    message: `Expected a TensorFlow.js model.json, a Keras .keras or .h5 file or an ONNX file, but ${v.file} ${v.found}.`,
    hint: 'Export the model in one of these forms.',
  }),
  IMPORT_TOO_LARGE: (v: { file: string; what: string; bytes: number; limit: number }): Sentence => ({
    message: `${v.what} of ${v.file} take ${megabytes(v.bytes)}; at most ${megabytes(v.limit)} are read.`,
    hint: 'Only models that fit the memory of this computer can be imported.',
  }),
  IMPORT_TOO_MANY: (v: { file: string; what: string; limit: number }): Sentence => ({
    message: `${v.file} holds more than ${count(v.limit)} ${v.what}.`,
    hint: 'Export the model again; a drawing has far fewer.',
  }),
  IMPORT_OUTPUT_SHAPE: (v: { input: string; output: string }): Sentence => ({
    message: `Expected a model that gives back what comes in, but it makes ${v.output} of ${v.input}.`,
    hint: 'Only autoencoders can be imported.',
  }),
  IMPORT_WEIGHT: (v: { layer: string; weight: string; expected: string; got: string }): Sentence => ({
    message: `Expected the ${v.weight} of “${v.layer}” to be ${v.expected}, got ${v.got}.`,
    hint: 'Save or export the model again, with its weights.',
  }),
} satisfies Sentences;
