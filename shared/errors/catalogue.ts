import type { Problem, ProblemPlace } from './problem';

interface Sentence {
  readonly message: string;
  readonly hint: string;
  readonly severity?: 'warning';
}

const count = (value: number) => value.toLocaleString('en');
const megabytes = (bytes: number) => `${count(Math.ceil(bytes / 1e6))} MB`;

/**
 * Every sentence a Problem can carry, in one list. A key is a stable code; its function takes the values the
 * sentence names and returns what was expected, what came, and what to do. Sorted by room, then by name.
 */
const sentences = {
  // Blocks and plans
  KERNEL_TOO_LARGE: (v: { kernel: number; height: number; width: number }): Sentence => ({
    message: `A ${v.kernel}×${v.kernel} kernel does not fit a ${v.height}×${v.width} picture.`,
    hint: 'Choose a smaller kernel, or set padding to “same”.',
  }),
  NEEDS_PICTURE: (v: { block: string; shape: string }): Sentence => ({
    message: `${v.block} needs a picture (height × width × channels), but ${v.shape} comes in.`,
    hint: 'Place it before the first dense block, or choose picture data.',
  }),
  LEARNING_RATE_HIGH: (v: { learningRate: number }): Sentence => ({
    severity: 'warning',
    message: `The learning rate is ${v.learningRate}; above 1, training almost always blows up.`,
    hint: 'Usual values lie between 0.0001 and 0.1.',
  }),
  BCE_NEEDS_SIGMOID: (v: { activation: string }): Sentence => ({
    message: `Binary cross-entropy needs an output between 0 and 1, but the output activation is ${v.activation}.`,
    hint: 'Set the output activation to sigmoid, or the loss to mean squared error.',
  }),
  CODE_WIDER: (v: { code: number; input: number }): Sentence => ({
    severity: 'warning',
    message: `The code holds ${count(v.code)} values, more than the ${count(v.input)} of the input.`,
    hint: 'Nothing has to be squeezed, so the network may just copy. Choose a smaller code.',
  }),
  LAYER_TOO_LARGE: (v: { layer: string; values: number; batch: number; bytes: number }): Sentence => ({
    message: `${v.layer} gives out ${count(v.values)} values a sample; a batch of ${count(v.batch)} of them takes ${megabytes(v.bytes)}, more than one tensor may hold.`,
    hint: 'Choose fewer filters or units, a larger stride, or a smaller batch.',
  }),
  PARAMETER_RANGE: (v: { block: string; label: string; expected: string; got: string }): Sentence => ({
    message: `${v.label} of ${v.block} should be ${v.expected}, but is ${v.got}.`,
    hint: 'Change it in the inspector or in the file.',
  }),
  TOO_MANY_WEIGHTS: (v: {
    layer: string;
    ofLayer: number;
    total: number;
    limit: number;
    bytes: number;
  }): Sentence => ({
    message: `The network would have ${count(v.total)} weights (${count(v.ofLayer)} of them in ${v.layer}), and training it would take about ${megabytes(v.bytes)} for weights, gradients and the optimizer’s moments; the limit is ${count(v.limit)} weights.`,
    hint: `Make ${v.layer} or what comes before it smaller.`,
  }),

  // Wires
  CODE_ENDS_ENCODER: (v: { to: string }): Sentence => ({
    message: `The code ends the encoder, so no wire can lead from it to ${v.to}.`,
    hint: 'Place the block before the code; the decoder mirrors it by itself.',
  }),
  CYCLE: (v: { path: string }): Sentence => ({
    message: `The wires run in a circle: ${v.path}.`,
    hint: 'Remove one of these wires; samples run from the input to the code.',
  }),
  DECODER_DERIVED: (v: { node: string }): Sentence => ({
    message: `${v.node} belongs to the decoder, which mirrors the encoder and is wired by itself.`,
    hint: 'Wire the encoder blocks; the decoder follows.',
  }),
  FAN_OUT: (v: { from: string; targets: string }): Sentence => ({
    message: `${v.from} already feeds ${v.targets}; branching comes in a later version.`,
    hint: 'Remove the present wire first, or drop the block on it.',
  }),
  INTO_INPUT: (v: { from: string }): Sentence => ({
    message: `The input takes the samples, so no wire can lead from ${v.from} into it.`,
    hint: 'Draw the wire from the input to the block.',
  }),
  NO_CODE: (): Sentence => ({
    message: 'There is no code block; an autoencoder needs one in the middle.',
    hint: 'Add Code from the palette and wire the last encoder block to it.',
  }),
  NO_INPUT: (): Sentence => ({
    message: 'There is no input block; the samples need a place to come in.',
    hint: 'Add a block of type “input”.',
  }),
  NOT_CONNECTED: (v: { block: string }): Sentence => ({
    message: `${v.block} is not on the way from the input to the code.`,
    hint: 'Wire it in, drop it on a wire, or delete it.',
  }),
  NO_WAY_TO_CODE: (v: { last: string }): Sentence => ({
    message: `The way from the input ends at ${v.last} and does not reach the code.`,
    hint: `Draw a wire from ${v.last} to the next block.`,
  }),
  NOT_REMOVABLE: (v: { node: string; why: string }): Sentence => ({
    message: `${v.node} cannot be deleted: ${v.why}.`,
    hint: 'Delete the blocks around it instead.',
  }),
  OUTPUT_DERIVED: (): Sentence => ({
    message: 'The output end is wired by itself, from the mirror of the first block.',
    hint: 'Wire the encoder blocks; the decoder follows.',
  }),
  PLACED_BY_PLANNER: (v: { node: string; block: string }): Sentence => ({
    message: `${v.node} was placed because ${v.block} needs a vector; it is wired by itself.`,
    hint: `Draw the wire to ${v.block}, or from the block before it.`,
  }),
  SECOND_CODE: (v: { ids: string }): Sentence => ({
    message: `There should be one code block, but there are several: ${v.ids}.`,
    hint: 'Delete all but one.',
  }),
  SECOND_INPUT: (v: { ids: string }): Sentence => ({
    message: `There should be one input block, but there are several: ${v.ids}.`,
    hint: 'Delete all but one.',
  }),
  SECOND_WIRE_IN: (v: { to: string; sources: string }): Sentence => ({
    message: `${v.to} takes one wire, but several come in: from ${v.sources}.`,
    hint: 'Remove all but one of these wires.',
  }),
  SELF_WIRE: (v: { block: string }): Sentence => ({
    message: `A wire leads from ${v.block} back into itself.`,
    hint: 'Connect it to another block.',
  }),

  // The document
  DANGLING_WIRE: (v: { from: string; to: string; missing: string }): Sentence => ({
    message: `The wire from ${v.from} to ${v.to} names ${v.missing}, but there is no such block.`,
    hint: 'Remove the wire from the file, or correct the id.',
  }),
  DIFFERENCE_OF_NOTHING: (v: { id: string }): Sentence => ({
    message: `“decoder” holds differences of ${v.id}, but the encoder has no block it could be the twin of.`,
    hint: 'Remove the entry, or correct the id: a twin’s id is its block’s with ′ (U+2032).',
  }),
  DIFFERENCE_NOT_FREE: (v: { id: string; param: string; free: string }): Sentence => ({
    message: `${v.param} of ${v.id} follows its encoder block and cannot differ; what can differ: ${v.free}.`,
    hint: 'Remove the entry; change the encoder block to change both.',
  }),
  DOCUMENT_FIELD: (v: { path: string; expected: string; got: string }): Sentence => ({
    message: `${v.path}: expected ${v.expected}, got ${v.got}.`,
    hint: 'Correct the file; docs/document-format.md describes every field.',
  }),
  DOCUMENT_FORBIDDEN_KEY: (v: { key: string }): Sentence => ({
    message: `The name “${v.key}” is not allowed anywhere in a drawing.`,
    hint: 'Rename or remove it; no version of Hourglass writes this name.',
  }),
  DOCUMENT_NEWER: (v: { version: string; own: number }): Sentence => ({
    message: `The drawing has version ${v.version}; this Hourglass reads versions up to ${v.own}.`,
    hint: 'Open it with a newer Hourglass.',
  }),
  DOCUMENT_NOT_HOURGLASS: (v: { got: string }): Sentence => ({
    message: `Expected a drawing ("format": "hourglass"), got ${v.got}.`,
    hint: 'Choose a *.hourglass file.',
  }),
  DOCUMENT_SYNTAX: (v: { line: number; column: number; expected: string; got: string }): Sentence => ({
    message: `The file is not valid JSON: line ${v.line}, column ${v.column}: expected ${v.expected}, got ${v.got}.`,
    hint: 'Correct that place, or restore the file from a backup.',
  }),
  DOCUMENT_TOO_DEEP: (v: { limit: number; place: string }): Sentence => ({
    message: `The drawing is nested more than ${v.limit} levels deep (${v.place}).`,
    hint: 'No drawing needs that; the file is damaged or was not made by Hourglass.',
  }),
  DOCUMENT_TOO_LARGE: (v: { what: string; got: number; limit: number }): Sentence => ({
    message: `The drawing has ${count(v.got)} ${v.what}; the limit is ${count(v.limit)}.`,
    hint: 'Make the drawing smaller.',
  }),
  DOCUMENT_UNKNOWN_KEY: (v: { path: string; key: string; known: string }): Sentence => ({
    message: `${v.path} has an unknown entry “${v.key}”; known are ${v.known}.`,
    hint: 'Remove it, or correct its name.',
  }),
  DUPLICATE_BLOCK: (v: { id: string }): Sentence => ({
    message: `Several blocks have the id ${v.id}; every id must be unique.`,
    hint: 'Rename all but one in the file.',
  }),
  DUPLICATE_WIRE: (v: { from: string; to: string }): Sentence => ({
    message: `The wire from ${v.from} to ${v.to} is there twice.`,
    hint: 'Remove one of the two from the file.',
  }),
  OUTPUT_ACTIVATION_TWICE: (v: { twin: string }): Sentence => ({
    message: `${v.twin} makes the output, so its activation is the output’s, but “decoder” sets another.`,
    hint: 'Remove the difference and set the activation of the output instead.',
  }),
  UNKNOWN_BLOCK: (v: { type: string; known: string }): Sentence => ({
    message: `There is no block of type ${v.type}; there are ${v.known}.`,
    hint: 'Correct the type, or open the drawing with the Hourglass it was made with.',
  }),

  // Data
  BROKEN_PICTURE: (v: { file: string; reason: string }): Sentence => ({
    message: `Expected a readable picture, but ${v.file} is broken (${v.reason}).`,
    hint: 'Repair or remove it, or choose to skip broken pictures.',
  }),
  BUILTIN_COUNT: (v: { name: string; count: number; smallest: number; largest: number }): Sentence => ({
    message: `The built-in set ${v.name} draws ${v.smallest} to ${v.largest} samples; ${v.count} were asked for.`,
    hint: 'Choose a whole number in this range.',
  }),
  BUILTIN_UNKNOWN: (v: { name: string; known: string }): Sentence => ({
    message: `There is no built-in data set “${v.name}”; there are ${v.known}.`,
    hint: 'Choose one of these in the data panel.',
  }),
  DATA_NO_ROWS: (v: { file: string }): Sentence => ({
    message: `Expected at least one sample, but ${v.file} holds 0.`,
    hint: 'Choose a file that holds samples.',
  }),
  DATA_NOT_RECOGNISED: (v: { path: string; found: string }): Sentence => ({
    message: `Expected IDX files, an NPY file or a folder of pictures, but ${v.path} ${v.found}.`,
    hint: 'Choose a picture file in IDX form (plain or gzipped), a .npy file, or a folder with pictures.',
  }),
  DATA_PATH_MISSING: (v: { path: string }): Sentence => ({
    message: `Expected data at ${v.path}, but there is no such file or folder.`,
    hint: 'Check the path. A relative path starts at the folder of the drawing.',
  }),
  DATA_TEST_SHAPE: (v: { train: string; test: string; place: string }): Sentence => ({
    message: `The training samples in ${v.place} are ${v.train}, but the test samples are ${v.test}.`,
    hint: 'Both sets must have samples of one shape and type. Remove the set that does not belong.',
  }),
  DATA_TOO_LARGE: (v: { file: string; needed: string; limit: string }): Sentence => ({
    message: `${v.file} declares ${v.needed} of samples; at most ${v.limit} are loaded.`,
    hint: 'Choose a smaller set, or a part of this one.',
  }),
  DATA_UNREADABLE: (v: { path: string; reason: string }): Sentence => ({
    message: `Expected to read ${v.path}, but the system refused (${v.reason}).`,
    hint: 'Check that the file or folder may be read, and that nothing is changing it.',
  }),
  FILE_SURPLUS: (v: { file: string; form: string; expected: number }): Sentence => ({
    message: `The header of ${v.file} declares ${v.expected} bytes in ${v.form} form, but more bytes follow.`,
    hint: 'The file is damaged, or two were joined. Get it again.',
  }),
  FILE_TRUNCATED: (v: { file: string; form: string; expected: number; present: number }): Sentence => ({
    message: `The header of ${v.file} declares ${v.expected} bytes in ${v.form} form, but ${v.present} are there.`,
    hint: 'The file was cut off, for instance by a broken download. Get it again.',
  }),
  FILE_TRUNCATED_HEADER: (v: { file: string; form: string; present: number }): Sentence => ({
    message: `Expected a whole ${v.form} header, but ${v.file} ends after ${v.present} bytes.`,
    hint: 'The file was cut off, for instance by a broken download. Get it again.',
  }),
  GZIP_DAMAGED: (v: { file: string; reason: string; unpacked: number }): Sentence => ({
    message: `Expected sound gzip data, but ${v.file} is damaged (${v.reason}) after ${v.unpacked} unpacked bytes.`,
    hint: 'Get the file again.',
  }),
  GZIP_TRUNCATED: (v: { file: string; offset: number; unpacked: number }): Sentence => ({
    message: `Expected whole gzip data, but ${v.file} breaks off at byte ${v.offset}, after ${v.unpacked} unpacked bytes.`,
    hint: 'The file was cut off, for instance by a broken download. Get it again.',
  }),
  IDX_LABEL_COUNT: (v: {
    pictures: string;
    pictureCount: number;
    labels: string;
    labelCount: number;
  }): Sentence => ({
    message: `Expected a label for each of the ${v.pictureCount} samples of ${v.pictures}, but ${v.labels} holds ${v.labelCount}.`,
    hint: 'The two files do not belong together. Put the matching labels file beside it, or move this one away.',
  }),
  IDX_LABELS_ONLY: (v: { file: string; dimensions: number }): Sentence => ({
    message: `Expected an IDX file of samples (2 to 4 dimensions), but ${v.file} has ${v.dimensions}${v.dimensions === 1 ? ', like a labels file' : ''}.`,
    hint: 'Choose the file whose name says “images”.',
  }),
  IDX_TYPE: (v: { file: string; type: string }): Sentence => ({
    message: `Expected an IDX file of unsigned bytes (type 0x08), but ${v.file} is of type ${v.type}.`,
    hint: 'Convert it to unsigned bytes, or save it as NPY.',
  }),
  IDX_WRONG_MAGIC: (v: { file: string; found: string }): Sentence => ({
    message: `Expected an IDX file (beginning 00 00 08, then the number of dimensions), but ${v.file} begins ${v.found}.`,
    hint: 'Choose an IDX file, such as train-images-idx3-ubyte.gz.',
  }),
  NPY_BAD_HEADER: (v: { file: string; reason: string }): Sentence => ({
    message: `Expected an NPY header with descr, fortran_order and shape, but ${v.file} ${v.reason}.`,
    hint: 'Save the array again with numpy.save.',
  }),
  NPY_DTYPE: (v: { file: string; dtype: string }): Sentence => ({
    message: `Expected numbers (bool, integers of 1 to 8 bytes or floats of 2 to 8), but ${v.file} holds the dtype ${v.dtype}.`,
    hint: 'Convert the array with .astype(numpy.float32) or .astype(numpy.uint8) and save it again.',
  }),
  NPY_NOT_FINITE: (v: {
    file: string;
    rows: number;
    total: number;
    first: string;
    nan: number;
    infinite: number;
  }): Sentence => ({
    message: `Expected finite numbers, but ${v.rows} of ${v.total} rows of ${v.file} hold NaN (${v.nan} values) or infinity (${v.infinite} values): rows ${v.first}, counted from 0.`,
    hint: 'Remove or fill these rows and save the array again.',
  }),
  NPY_OBJECT: (v: { file: string; dtype: string }): Sentence => ({
    message: `Expected numbers, but ${v.file} holds Python objects (dtype ${v.dtype}), which could run code when read.`,
    hint: 'Convert the array with .astype(numpy.float32) and save it again with allow_pickle=False.',
  }),
  NPY_SHAPE: (v: { file: string; shape: string }): Sentence => ({
    message: `Expected an array of samples × values, samples × height × width or samples × height × width × channels, but ${v.file} has the shape ${v.shape}.`,
    hint: 'Reshape the array so that its first axis counts the samples, and save it again.',
  }),
  NPY_WRONG_MAGIC: (v: { file: string; found: string }): Sentence => ({
    message: `Expected an NPY file (beginning 93 4e 55 4d 50 59), but ${v.file} begins ${v.found}.`,
    hint: 'Choose a file written by numpy.save.',
  }),
  PICTURE_TOO_LARGE: (v: { file: string; width: number; height: number; limit: number }): Sentence => ({
    message: `${v.file} is ${v.width}×${v.height} pixels; at most ${v.limit} pixels are read.`,
    hint: 'Make it smaller, or choose to skip broken pictures.',
  }),
  PICTURES_NONE: (v: { folder: string; found: string }): Sentence => ({
    message: `Expected pictures (PNG, JPEG, WebP, GIF, TIFF or AVIF), but ${v.folder} holds ${v.found}.`,
    hint: 'Choose a folder with pictures, or with one folder of pictures a class.',
  }),

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
    message: `Binary cross-entropy needs samples between 0 and 1, but these run from ${v.min} to ${v.max}.`,
    hint: 'Set the loss to mean squared error and the output activation to linear, or scale the data to 0–1.',
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
    message: `The output activation ${v.activation} gives values ${Number.isFinite(v.highest) ? `from ${v.lowest} to ${v.highest}` : `of at least ${v.lowest}`}, but the samples run from ${v.min} to ${v.max}.`,
    hint: 'Set the output activation to linear, or scale the data.',
  }),
  RUN_NOT_READY: (): Sentence => ({
    message: 'The run has no weights yet, or they have been let go.',
    hint: 'Wait until training has begun, or start a new run.',
  }),
  SAMPLE_LENGTH: (v: { expected: number; shape: string; got: number }): Sentence => ({
    message: `Expected one sample of ${v.shape} (${count(v.expected)} values), got ${count(v.got)}.`,
    hint: 'Choose a picture of your own again; it is brought to the shape of the data.',
  }),

  // Window, host and engine process
  CONNECTION_LOST: (v: { reason: string }): Sentence => ({
    message: `The connection to Hourglass was lost (${v.reason}).`,
    hint: 'It is tried again by itself. If Hourglass was closed, start it and open the address it prints.',
  }),
  DATASET_UNKNOWN: (): Sentence => ({
    message: 'The engine no longer holds this data set.',
    hint: 'Load the data again.',
  }),
  ENGINE_LOST: (v: { reason: string }): Sentence => ({
    message: `The engine stopped (${v.reason}).`,
    hint: 'It is started again by itself; then start the run again. Nothing that you drew is lost.',
  }),
  READER_TOO_SLOW: (): Sentence => ({
    message: 'The window fell too far behind what it was sent.',
    hint: 'Reload the window.',
  }),
  REQUEST_INVALID: (v: { name: string; detail: string }): Sentence => ({
    message: `“${v.name}” was asked with parameters that do not fit: ${v.detail}.`,
    hint: 'Reload the window, so that it is of the same version as the program that opened it.',
  }),
  REQUEST_UNKNOWN: (v: { name: string }): Sentence => ({
    message: `“${v.name}” was asked, but nothing here answers that.`,
    hint: 'Reload the window, so that it is of the same version as the program that opened it.',
  }),
  RUN_FAULT: (v: { ref: string }): Sentence => ({
    message: `Training stopped because of a fault in Hourglass. The log tells more at ${v.ref}.`,
    hint: 'Start the run again; if it happens again, choose the other engine and report it.',
  }),
  RUN_IN_PROGRESS: (v: { state: string }): Sentence => ({
    message: `A run is ${v.state} already, and the engine trains one model at a time.`,
    hint: 'Stop it, or wait until it is finished.',
  }),
  RUN_UNKNOWN: (): Sentence => ({
    message: 'The engine does not know this run; it may have been started before the engine was restarted.',
    hint: 'Start the run again.',
  }),
  TOO_MANY_REQUESTS: (v: { limit: number }): Sentence => ({
    message: `More than ${count(v.limit)} requests are waiting for an answer.`,
    hint: 'Wait a moment, or reload the window.',
  }),

  // Files of drawings
  DISK_FULL: (v: { path: string }): Sentence => ({
    message: `There is no room on the disk to write ${v.path}; the file is as it was before.`,
    hint: 'Free some space, or save to another disk.',
  }),
  FILE_CHANGED: (v: { path: string }): Sentence => ({
    message: `${v.path} was changed by another window or program since it was read here.`,
    hint: 'Reload it, save a copy under another name, or replace it.',
  }),
  FILE_MISSING: (v: { path: string }): Sentence => ({
    message: `Expected a file or folder at ${v.path}, but there is none.`,
    hint: 'Check the path; it may have been moved or renamed.',
  }),
  FILE_NAME: (v: { path: string; known: string }): Sentence => ({
    message: `Expected the name of a drawing (${v.known}), got ${v.path}.`,
    hint: 'Choose a file with one of these endings.',
  }),
  FILE_NOT_TEXT: (v: { path: string }): Sentence => ({
    message: `Expected text in UTF-8, but ${v.path} holds something else.`,
    hint: 'The file is damaged or was not made by Hourglass.',
  }),
  FILE_NOT_REGULAR: (v: { path: string; expected: string; got: string }): Sentence => ({
    message: `Expected ${v.expected} at ${v.path}, but it is ${v.got}.`,
    hint: 'Choose another.',
  }),
  FILE_PERMISSION: (v: { path: string; action: string }): Sentence => ({
    message: `The system does not allow Hourglass to ${v.action} ${v.path}.`,
    hint: 'Choose another place, or change the permissions of this one.',
  }),
  FILE_TOO_LARGE: (v: { path: string; bytes: number; limit: number }): Sentence => ({
    message: `${v.path} has ${megabytes(v.bytes)}; drawings of at most ${megabytes(v.limit)} are read and written.`,
    hint: 'Choose another file.',
  }),
  FILE_UNREADABLE: (v: { path: string; action: string; reason: string }): Sentence => ({
    message: `Hourglass could not ${v.action} ${v.path} (${v.reason}).`,
    hint: 'Try again, or choose another place.',
  }),
} satisfies Record<string, (values: never) => Sentence>;

type Sentences = typeof sentences;
export type ProblemCode = keyof Sentences;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(sentences, code);
}

/**
 * Makes the Problem with this code.
 *
 * @example problem('KERNEL_TOO_LARGE', { kernel: 9, height: 7, width: 7 }, { nodeId: 'conv-2', param: 'kernel' })
 */
export function problem<C extends ProblemCode>(
  code: C,
  values: Parameters<Sentences[C]>[0],
  where?: ProblemPlace,
): Problem {
  const write = sentences[code] as (v: typeof values) => Sentence;
  const { message, hint, severity } = write(values);
  return { code, severity: severity ?? 'error', message, hint, ...(where ? { where } : {}) };
}
