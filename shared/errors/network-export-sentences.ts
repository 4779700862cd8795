import type { Sentence, Sentences } from './sentence';

/** What keeps a network from being told in the layers of other programs. */
export const networkExportSentences = {
  EXPORT_NO_LAYER: (v: { block: string; what: string }): Sentence => ({
    message: `${v.block} ${v.what}, for which this format has no layer.`,
    hint: 'Choose ONNX or TensorFlow SavedModel, which hold every network, or bypass the block.',
  }),
  EXPORT_LAB: (): Sentence => ({
    message: 'The colours are put together of lightness, a* and b*, for which this format has no layer.',
    hint: 'Choose ONNX or TensorFlow SavedModel, which hold every network, or let the task’s colours be red, green and blue.',
  }),
} satisfies Sentences;
