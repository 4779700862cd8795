import { count, megabytes, type Sentence, type Sentences } from './sentence';

/** What can be wrong with archives, with the model files that are such, and with what is done with models in the window. */
export const modelFileSentences = {
  // Archives, whoever made them
  ARCHIVE_DAMAGED: (v: { path: string; why: string }): Sentence => ({
    message: `Nothing was taken from ${v.path}: as an archive it is damaged (${v.why}).`,
    hint: 'Get the file again from where it came, or restore a backup of it.',
  }),
  ARCHIVE_TOO_LARGE: (v: { path: string; what: string; got: number; limit: number }): Sentence => ({
    message: `Nothing was taken from ${v.path}: it has ${count(v.got)} ${v.what}, and at most ${count(v.limit)} are read.`,
    hint: 'The file was made to fill memory, or was not made by Hourglass. Do not use it.',
  }),
  ARCHIVE_UNSAFE: (v: { path: string; entry: string; why: string }): Sentence => ({
    message: `Nothing was taken from ${v.path}: its entry “${v.entry}” ${v.why}.`,
    hint: 'The file was made to do harm, or was not made by Hourglass. Do not use it.',
  }),

  // Model files
  MODEL_FILE_DAMAGED: (v: { path: string; why: string }): Sentence => ({
    message: `The model in ${v.path} can’t be used: ${v.why}.`,
    hint: 'Get the file again from where it came, or restore a backup of it (File menu).',
  }),
  MODEL_FILE_NEWER: (v: { path: string; version: number; known: number }): Sentence => ({
    message: `${v.path} is a model file of version ${v.version}; this Hourglass reads up to version ${v.known}.`,
    hint: 'Open it with a newer Hourglass.',
  }),
  MODEL_FILE_TOO_LARGE: (v: { path: string; bytes: number; limit: number }): Sentence => ({
    message: `${v.path} holds ${megabytes(v.bytes)}; model files of at most ${megabytes(v.limit)} are read.`,
    hint: 'Choose another file.',
  }),

  // Models in the window
  MODEL_CHANGED: (v: { path: string }): Sentence => ({
    message: `${v.path} was changed since its model was opened here.`,
    hint: 'Open it again.',
  }),
  MODEL_DATA_MISSING: (v: { name: string; fingerprint: string; reason: string }): Sentence => ({
    severity: 'warning',
    message: `The model was trained on “${v.name}” (fingerprint ${v.fingerprint.slice(0, 12)}), which is not where its drawing says. ${v.reason}`,
    hint: 'The drawing is open all the same. Say where these data lie, and the model can be looked into and trained on.',
  }),
  MODEL_NOT_FINITE: (): Sentence => ({
    message: 'The weights went beyond all numbers, and no run can go on from them.',
    hint: 'Train again with a lower learning rate.',
  }),
  MODEL_OTHER_DATA: (v: { name: string; expected: string; got: string }): Sentence => ({
    message: `These are other data than the model was trained on: “${v.name}”, fingerprint ${v.expected.slice(0, 12)}, was expected, and ${v.got.slice(0, 12)} came.`,
    hint: 'Choose the data it was trained on, as they were and under the name they had.',
  }),
  MODEL_RUN_GOING_ON: (): Sentence => ({
    message: 'The weights change while the run goes on.',
    hint: 'Pause the run, or wait until it is finished; then save the model.',
  }),
  MODEL_UNFIT: (v: { reason: string }): Sentence => ({
    message: `The weights no longer fit the drawing. ${v.reason}`,
    hint: 'Undo what changed the drawing, train it anew, or save the drawing alone under another name.',
  }),
  MODEL_UNKNOWN: (): Sentence => ({
    message: 'The engine holds no weights of this drawing.',
    hint: 'Train it, or open its file again.',
  }),
  MODEL_NOTHING_LEFT: (v: { epochs: number }): Sentence => ({
    message: `The model was trained for ${count(v.epochs)} epochs already.`,
    hint: 'Train on for more epochs than these in all.',
  }),
} satisfies Sentences;
