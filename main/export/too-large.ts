import { problem } from '../../shared/errors/catalogue';
import type { Problem } from '../../shared/errors/problem';
import { valueCount } from '../../shared/tensors/shape';
import type { ExportSubject } from './format';
import { layersOfPart } from './layers-of-part';

/** What one protobuf message may hold, less room for all that are no weights. */
const MOST_BYTES = 2 ** 31 - 2 ** 24;

/** The Problem of weights that one protobuf message can't hold, as an ONNX file and a SavedModel's graph are one. */
export function tooLarge({ plan, part }: Pick<ExportSubject, 'plan' | 'part'>, what: string): Problem[] {
  const weights = layersOfPart(plan, part).flatMap(({ weights: own, shared }) => [
    ...own,
    ...(shared?.weights ?? []),
  ]);
  const bytes = weights.reduce((sum, { shape }) => sum + 4 * valueCount(shape), 0);
  return bytes <= MOST_BYTES ? [] : [problem('EXPORT_TOO_LARGE', { what, bytes, limit: MOST_BYTES })];
}
