import { count, type Sentence, type Sentences } from './sentence';

/** What of an augmentation does not go with the samples. */
export const augmentationSentences = {
  AUGMENTATION_SERIES: (v: { shape: string }): Sentence => ({
    severity: 'warning',
    message: `Samples of ${v.shape} are series, which are moved along and turned end to start; they can't be rotated or turned top to bottom, so that is left out.`,
    hint: 'Keep the shift and the left–right flip alone.',
  }),
  AUGMENTATION_SHIFT: (v: { shift: number; shape: string }): Sentence => ({
    severity: 'warning',
    message: `A shift of up to ${count(v.shift)} can move samples of ${v.shape} out of sight altogether.`,
    hint: 'Choose a smaller shift; an eighth of the shorter side is a usual one.',
  }),
  AUGMENTATION_TABLE: (v: { shape: string }): Sentence => ({
    severity: 'warning',
    message: `Samples of ${v.shape} are rows of values that lie beside each other by chance, so there is nowhere to move them; augmentation is left out.`,
    hint: 'Turn augmentation off. Where the rows are signals, say so in the data panel (“Series”).',
  }),
} satisfies Sentences;
