import type { TaskKind } from '../../shared/tasks/catalogue';
import { t } from '../strings/strings';

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
    sentence: t('templates.sentences.digits-and-shapes'),
  },
  {
    file: 'denoise-digits',
    name: 'Denoise digits',
    task: 'denoise',
    sentence: t('templates.sentences.denoise-digits'),
  },
  {
    file: 'colour-grey-scenes',
    name: 'Colour grey scenes',
    task: 'colour',
    sentence: t('templates.sentences.colour-grey-scenes'),
  },
  {
    file: 'remove-watermark',
    name: 'Remove a watermark',
    task: 'remove-watermark',
    sentence: t('templates.sentences.remove-watermark'),
  },
  {
    file: 'inpaint-scenes',
    name: 'Inpaint scenes',
    task: 'inpaint',
    sentence: t('templates.sentences.inpaint-scenes'),
  },
  {
    file: 'vary-features',
    name: 'Vary features',
    task: 'features',
    sentence: t('templates.sentences.vary-features'),
  },
  {
    file: 'find-shapes',
    name: 'Find shapes among digits',
    task: 'find-anomalies',
    sentence: t('templates.sentences.find-shapes'),
  },
  {
    file: 'compress-scenes',
    name: 'Compress scenes',
    task: 'compress',
    sentence: t('templates.sentences.compress-scenes'),
  },
];
