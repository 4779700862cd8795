import { count, type Sentence, type Sentences } from './sentence';

/** What can be wrong with trained models and with what they are given. */
export const modelSentences = {
  MODEL_NONE: (v: { path: string; why: string }): Sentence => ({
    message: `Expected a trained model at ${v.path}, but ${v.why}.`,
    hint: 'Name a file that was saved with weights, or the folder of a run that was trained: the command line prints it at the end of a run, the window shows it with the kept run.',
  }),
  MODEL_DAMAGED: (v: { file: string; why: string }): Sentence => ({
    message: `Expected a trained model’s weights, but ${v.file} can't be used: ${v.why}.`,
    hint: 'Get the file again from where it came, or train anew.',
  }),
  MODEL_TENSOR_MISSING: (v: { tensor: string; shape: string }): Sentence => ({
    message: `The drawing needs the weights “${v.tensor}” (${v.shape}), which the model does not have.`,
    hint: 'The weights belong to another drawing. Use the drawing that was trained, or train this one.',
  }),
  MODEL_TENSOR_SHAPE: (v: { tensor: string; expected: string; got: string }): Sentence => ({
    message: `The drawing needs the weights “${v.tensor}” as ${v.expected}, but the model’s are ${v.got}.`,
    hint: 'The weights belong to another drawing. Use the drawing that was trained, or train this one.',
  }),
  MODEL_TENSOR_SURPLUS: (v: { tensor: string }): Sentence => ({
    message: `The model has weights “${v.tensor}”, for which the drawing has no place.`,
    hint: 'The weights belong to another drawing. Use the drawing that was trained, or train this one.',
  }),
  MODEL_TENSOR_NOT_FINITE: (v: { tensor: string; values: number; total: number }): Sentence => ({
    message: `${count(v.values)} of the ${count(v.total)} weights “${v.tensor}” are infinite or not a number.`,
    hint: 'The file is damaged. Get it again from where it came, or train anew.',
  }),
  MODEL_DATA_RANGE: (v: { name: string; row: number; value: number }): Sentence => ({
    message: `The model was trained on bytes, which stand for 0 to 1, but sample ${count(v.row)} of ${v.name}, counted from 0, holds ${v.value}.`,
    hint: 'Bring the values to 0–1 (divide them by 255), or save them as bytes (uint8).',
  }),
  CODES_SHAPE: (v: { name: string; shape: string; expected: string }): Sentence => ({
    message: `Codes in ${v.name} are ${v.shape}, but the model’s are ${v.expected}.`,
    hint: 'Give codes that this model made, as “hourglass encode” writes them.',
  }),
  CODES_FORM: (v: { path: string; kind: string }): Sentence => ({
    message: `Expected codes in an NPY file or a table, but ${v.path} is of the kind “${v.kind}”.`,
    hint: 'Give a file that “hourglass encode” wrote: NPY, CSV or Parquet.',
  }),
  ROWS_ENDING: (v: { path: string; ending: string }): Sentence => ({
    message: `Expected a name that ends in .npy, .csv or .parquet, or a folder’s for pictures, but ${v.path} ends in ${v.ending}.`,
    hint: 'Choose one of these endings; a name without one makes a folder of PNG pictures.',
  }),
  ROWS_NO_PICTURES: (v: { path: string; shape: string }): Sentence => ({
    message: `A name without an ending makes a folder of pictures, but what ${v.path} is to hold is ${v.shape}, and no pictures of one or three channels.`,
    hint: 'Give the file an ending: .npy, .csv or .parquet.',
  }),
  ROWS_FOLDER_TAKEN: (v: { path: string }): Sentence => ({
    message: `The folder ${v.path} holds something already.`,
    hint: 'Choose a folder that is not there yet, or empty it.',
  }),
  ROWS_OVER_DATA: (v: { path: string }): Sentence => ({
    message: `${v.path} holds the data that are read; they would be written over.`,
    hint: 'Choose another name.',
  }),
} satisfies Sentences;
