import { blockOf } from '../../../shared/blocks/catalogue';
import { isVariational } from '../../../shared/blocks/variational-parameters';
import type { ExportSubject } from '../format';

/** What a reader of an export made of steps should know of it. */
export function networkNotes({ plan }: ExportSubject): string[] {
  const code = plan.layers[plan.codeIndex];
  const corrupts = plan.layers.some(({ type }) => blockOf(type)?.corrupts);
  return [
    ...(corrupts
      ? ['What corrupts samples for training is left out: the model takes samples as they are.']
      : []),
    ...(code && isVariational(code.params) ? ['The code is its mean; the variance is left out.'] : []),
  ];
}
