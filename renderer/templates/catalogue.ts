import type { TaskKind } from '../../shared/tasks/catalogue';

/** A drawing to begin with: an example that comes with the app, told of in the gallery. */
export interface Template {
  /** Of its file in `examples/`, and of its picture in `previews/`. */
  readonly file: string;
  readonly name: string;
  readonly task: TaskKind;
  /** What it does and what it does not: the figures are those of the run that the picture shows. */
  readonly sentence: string;
}

/** Every template, one a use, in the order of the tasks. All are on built-in sets and train in less than a minute. */
export const templates: readonly Template[] = [
  {
    file: 'digits-and-shapes',
    name: 'Digits and shapes',
    task: 'reconstruct',
    sentence: 'Gives pictures back through 16 numbers. Thin strokes and corners come back soft.',
  },
  {
    file: 'denoise-digits',
    name: 'Denoise digits',
    task: 'denoise',
    sentence: 'Takes Gaussian noise away: 19 dB instead of 13. Strokes that the noise hides are guessed.',
  },
  {
    file: 'colour-grey-scenes',
    name: 'Colour grey scenes',
    task: 'colour',
    sentence: 'Paints grey scenes. What grey does not tell is guessed: autumn trees come back green.',
  },
  {
    file: 'remove-watermark',
    name: 'Remove a watermark',
    task: 'remove-watermark',
    sentence: 'Takes a text off scenes: 25 dB under the mark instead of 13. It knows this one mark only.',
  },
  {
    file: 'inpaint-scenes',
    name: 'Inpaint scenes',
    task: 'inpaint',
    sentence:
      'Fills two missing squares: 20 dB inside them. Plain ground succeeds, what is hidden comes back blurred.',
  },
  {
    file: 'vary-features',
    name: 'Vary features',
    task: 'features',
    sentence: 'Six numbers a picture, to be varied one by one in the Code panel. Few of them have a name.',
  },
  {
    file: 'find-shapes',
    name: 'Find shapes among digits',
    task: 'find-anomalies',
    sentence:
      'Learns digits alone; shapes stand out by their error (AUC 0.999). The Errors panel has the cut-off.',
  },
  {
    file: 'compress-scenes',
    name: 'Compress scenes',
    task: 'compress',
    sentence: '32 numbers for 3,072 at 24 dB: broad colours and shapes stay, texture is lost.',
  },
];
