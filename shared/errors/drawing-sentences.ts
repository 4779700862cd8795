import { count, megabytes, type Sentence, type Sentences } from './sentence';

/** What can be wrong with a drawing: its blocks, its wires, its file. */
export const drawingSentences = {
  // Blocks and plans
  DILATION_WITH_STRIDE: (v: { dilation: number; stride: number }): Sentence => ({
    message: `A dilation of ${v.dilation} needs a stride of 1, but the stride is ${v.stride}.`,
    hint: 'Set one of the two to 1.',
  }),
  GROUPS_OF_CHANNELS: (v: { groups: number; channels: number }): Sentence => ({
    message: `${count(v.channels)} channels come in, which cannot be divided into ${count(v.groups)} equal groups.`,
    hint: 'The number of groups must divide the channels; as many as channels is a depthwise convolution.',
  }),
  GROUPS_OF_FILTERS: (v: { groups: number; filters: number }): Sentence => ({
    message: `${count(v.filters)} filters cannot be shared out evenly among ${count(v.groups)} groups.`,
    hint: 'Choose a multiple of the groups as the number of filters.',
  }),
  KERNEL_TOO_LARGE: (v: { kernel: number; height: number; width: number; axes?: 1 | 2 }): Sentence => ({
    message:
      v.axes === 1
        ? `A kernel that reaches over ${v.kernel} values does not fit a series of ${v.width}.`
        : `A ${v.kernel}×${v.kernel} kernel does not fit a ${v.height}×${v.width} picture.`,
    hint: 'Choose a smaller kernel, or set padding to “same”.',
  }),
  PATCH_TOO_LARGE: (v: { size: number; height: number; width: number }): Sentence => ({
    message: `A patch of ${v.size}×${v.size} pixels does not fit a ${v.height}×${v.width} picture.`,
    hint: 'Choose a smaller size.',
  }),
  MARK_MISSING: (): Sentence => ({
    message: 'The mark is to be a picture of your own, but none has been chosen.',
    hint: 'Choose one, or mark with a text.',
  }),
  CORRUPTION_MISPLACED: (v: { block: string }): Sentence => ({
    message: `${v.block} corrupts the samples themselves, so it must stand right after the input.`,
    hint: 'Move it there, behind other blocks that corrupt; inside the encoder, use noise or dropout.',
  }),
  NOTHING_TO_PREVIEW: (v: { block: string }): Sentence => ({
    message: `No samples come to ${v.block} yet.`,
    hint: 'Connect it to the input and mend its parameters.',
  }),
  CORRUPTION_BYPASSED: (v: { block: string; corruption: string }): Sentence => ({
    message: `${v.block} reads samples that ${v.corruption} has not corrupted.`,
    hint: `Let its wire come from ${v.corruption}, or from what follows it.`,
  }),
  JOIN_SHAPES: (v: { block: string; join: 'add' | 'concat'; shapes: string }): Sentence => ({
    message:
      v.join === 'add'
        ? `${v.block} adds values of one shape, but what comes in has several: ${v.shapes}.`
        : `${v.block} puts channels side by side, so all else has to agree, but what comes in is ${v.shapes}.`,
    hint: 'Give the branches the same strides and pools, and to a sum the same number of channels.',
  }),
  NEEDS_PICTURE: (v: { block: string; shape: string }): Sentence => ({
    message: `${v.block} needs a picture (height × width × channels), but ${v.shape} comes in.`,
    hint: 'Place it before the first dense block, or choose picture data.',
  }),
  NEEDS_SERIES: (v: { block: string; shape: string }): Sentence => ({
    message: `${v.block} needs a series (length × channels), but ${v.shape} comes in.`,
    hint: 'Place it before the first dense block. Rows of a table are series where “Series” is set on in the data panel.',
  }),
  TASK_NEEDS_COLOUR: (v: { shape: string }): Sentence => ({
    message: `Colouring needs pictures in red, green and blue (height × width × 3), but the samples are ${v.shape}.`,
    hint: 'Choose colour pictures as data, or another task.',
  }),
  VARIATIONAL_ACTIVATION: (v: { activation: string }): Sentence => ({
    severity: 'warning',
    message: `The variational code goes through ${v.activation}, so the decoder is not given what the divergence is measured on.`,
    hint: 'Set the code’s activation to linear.',
  }),
  TASK_WITHOUT_CORRUPTION: (v: { task: string }): Sentence => ({
    severity: 'warning',
    message: `${v.task} needs something to mend, but samples come to the encoder as they are.`,
    hint: 'Place a corruption block right after the input.',
  }),
  TASK_WITHOUT_FILTER: (): Sentence => ({
    severity: 'warning',
    message: 'Anomalies are found by training on normal samples alone, but every sample is trained on.',
    hint: 'Choose in the data panel which labels are normal; without labels, the rarest samples stand out least.',
  }),
  STACK_IMPOSSIBLE: (v: { why: string }): Sentence => ({
    message: `Stacked pre-training trains one pair after the other, from the outermost in, but ${v.why}.`,
    hint: 'Draw one line of at least two blocks with weights, without skips, or set pre-training to 0 epochs.',
  }),
  NOTHING_TO_TRAIN: (): Sentence => ({
    message: 'Every layer with weights is frozen, so there is nothing to train.',
    hint: 'Turn “Frozen” off for at least one of them.',
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
  LOSS_TWICE: (v: { loss: string }): Sentence => ({
    message: `Each loss of a weighted sum should stand in it once, but ${v.loss} stands there more than once.`,
    hint: 'Remove one of them and add its weight to the other’s, or choose another loss.',
  }),
  SSIM_NEEDS_PICTURE: (v: { shape: string }): Sentence => ({
    message: `Structural dissimilarity looks at windows of 11×11, but the samples are ${v.shape}.`,
    hint: 'Choose another loss, or pictures of at least 11×11.',
  }),
  KL_NEEDS_SIGMOID: (v: { activation: string }): Sentence => ({
    message: `The KL penalty needs units between 0 and 1, but the activation is ${v.activation}.`,
    hint: 'Set the activation to sigmoid, or the activity penalty to L1.',
  }),
  CODE_NOT_ENOUGH: (v: { blocks: string }): Sentence => ({
    message: `The code alone cannot be decoded: skips bring the decoder what ${v.blocks} gave out, too.`,
    hint: 'Take the skips off to make pictures from codes, or give a whole sample.',
  }),
  CODE_WITHOUT_LIGHTNESS: (): Sentence => ({
    message:
      'The code alone makes no picture: it gives a* and b*, and the lightness is that of a grey picture.',
    hint: 'Give a whole picture, or let the task’s colours be red, green and blue.',
  }),
  CODE_WIDER: (v: { code: number; input: number }): Sentence => ({
    severity: 'warning',
    message: `The code holds ${count(v.code)} values, more than the ${count(v.input)} of the input.`,
    hint: 'Nothing has to be squeezed, so the network may just copy. Choose a smaller code, or give it an activity penalty.',
  }),
  LAYER_TOO_LARGE: (v: { layer: string; values: number; batch: number; bytes: number }): Sentence => ({
    message: `${v.layer} gives out ${count(v.values)} values a sample; a batch of ${count(v.batch)} of them takes ${megabytes(v.bytes)}, more than one tensor may hold.`,
    hint: 'Choose fewer filters or units, a larger stride, or a smaller batch.',
  }),
  TARGET_BRANCHES: (v: { input: string; target: string }): Sentence => ({
    message: `The output (${v.target}) has other channels than what goes in (${v.input}), so one block has to make it, but the encoder branches before any block with weights.`,
    hint: 'Put a convolution or a dense block between the input and where the wires part.',
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
  BYPASS_IMPOSSIBLE: (v: { block: string; why: string }): Sentence => ({
    message: `${v.block} cannot be bypassed: ${v.why}.`,
    hint: 'Bypass a block between the input and the code; its twin goes with it.',
  }),
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
  ENCODER_ONLY: (v: { block: string }): Sentence => ({
    message: `${v.block} has no mirror, so it stands in the encoder only.`,
    hint: 'Drop it on the left of the code, or on a wire of the encoder.',
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
  NOTHING_ON_SKIPS: (v: { from: string; to: string }): Sentence => ({
    message: `The skip from ${v.from} to ${v.to} carries what ${v.from} gives out; no block can stand on it.`,
    hint: 'Drop the block on another wire, or beside the wires.',
  }),
  NOT_CONNECTED: (v: { block: string }): Sentence => ({
    message: `${v.block} is not on the way from the input to the code.`,
    hint: 'Wire it in, drop it on a wire, or delete it.',
  }),
  NO_WAY_TO_CODE: (v: { last: string }): Sentence => ({
    message: `The way from the input ends at ${v.last} and does not reach the code.`,
    hint: `Draw a wire from ${v.last} to the next block.`,
  }),
  NOT_REPLACEABLE: (v: { node: string; why: string }): Sentence => ({
    message: `${v.node} cannot be changed to another kind: ${v.why}.`,
    hint: 'Change a block between the input and the code; its twin changes with it.',
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
  SKIP_IMPOSSIBLE: (v: { block: string; why: string }): Sentence => ({
    message: `No skip can lead from ${v.block} to its twin: ${v.why}.`,
    hint: 'Skips lead from a block of the encoder, such as a convolution, to its own mirror.',
  }),
  SKIP_CONCAT: (v: { block: string; mirror: string }): Sentence => ({
    message: `The skip of ${v.block} cannot concatenate: its mirror (${v.mirror}) has no weights that take in twice the channels.`,
    hint: 'Let the skip add, or give it to a convolution or a dense block.',
  }),
  SKIP_SHAPES: (v: { block: string; gives: string; takes: string }): Sentence => ({
    message: `The skip of ${v.block} carries ${v.gives}, but its twin takes ${v.takes}, which the target asks for.`,
    hint: 'Take the skip off, or put it on a block with weights that stands behind.',
  }),
  SKIP_TIED: (v: { block: string }): Sentence => ({
    message: `The skip of ${v.block} cannot concatenate while the twin uses the weights of ${v.block}, which take in half as much.`,
    hint: 'Let the skip add, or untie the weights first.',
  }),
  TIED_IMPOSSIBLE: (v: { block: string; why: string }): Sentence => ({
    message: `${v.block} cannot share its weights with its twin: ${v.why}.`,
    hint: 'Untie the two, or tie a dense block, a convolution or the code.',
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
    hint: 'Remove all but one of these wires, or join them in a Concatenate or Sum block first.',
  }),
  SELF_WIRE: (v: { block: string }): Sentence => ({
    message: `A wire leads from ${v.block} back into itself.`,
    hint: 'Connect it to another block.',
  }),

  // The clipboard
  CLIPBOARD_EMPTY: (): Sentence => ({
    message: 'What is on the clipboard holds no block that could be pasted.',
    hint: 'Copy blocks of an encoder or decoder; the input, the code and the output are each there once already.',
  }),
  CLIPBOARD_FOREIGN: (): Sentence => ({
    severity: 'warning',
    message: 'Expected blocks or a drawing of Hourglass on the clipboard, but it holds something else.',
    hint: 'Copy blocks here or in another window, or the text of a *.hourglass file.',
  }),
  NOTHING_TO_GROUP: (): Sentence => ({
    severity: 'warning',
    message: 'Expected blocks of the encoder or their twins to make a group of, but none is selected.',
    hint: 'Select some; the input, the code and the output stand between groups.',
  }),
  NOT_NAMEABLE: (v: { node: string }): Sentence => ({
    severity: 'warning',
    message: `${v.node} cannot be named: it comes by itself.`,
    hint: 'Name a block of the encoder; its twin takes the name with a prime.',
  }),
  NOT_COPYABLE: (v: { nodes: string; why: string }): Sentence => ({
    severity: 'warning',
    message: `Not copied: ${v.nodes} (${v.why}).`,
    hint: 'Blocks of the encoder and their twins can be copied, with the wires between them.',
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
  PAIR_OF_NOTHING: (v: { field: 'skips' | 'tied' | 'bypassed'; id: string }): Sentence => ({
    message: `“${v.field}” names ${v.id}, but the encoder has no such block.`,
    hint: 'Remove the entry, or correct the id.',
  }),
  UNKNOWN_BLOCK: (v: { type: string; known: string }): Sentence => ({
    message: `There is no block of type ${v.type}; there are ${v.known}.`,
    hint: 'Correct the type, or open the drawing with the Hourglass it was made with.',
  }),
} satisfies Sentences;
