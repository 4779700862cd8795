import type { GraphDocument } from '../../../shared/document/graph-document';
import type { ExportPart } from '../../../shared/export/export-part';
import type { Shape } from '../../../shared/tensors/shape';
import type { Preprocessing } from '../../models/trained-model';
import { commentText } from './python-text';

/** What the head of a written program says of the model. */
export interface Described {
  readonly document: Pick<GraphDocument, 'name' | 'blocks'>;
  readonly preprocessing: Preprocessing;
  readonly part: ExportPart;
  /** Of a sample, channels last. */
  readonly sampleShape: Shape;
  readonly codeShape: Shape;
}

/** `28 × 28 × 1` */
export function shapeWords(shape: Shape): string {
  return shape.join(' × ');
}

/** What samples and codes are, for the head of a program: lines of a comment, without their `#`. */
export function sampleWords({ preprocessing, part, sampleShape, codeShape }: Described): string[] {
  const { dtype, scaling, columns } = preprocessing;
  const range = dtype === 'uint8' ? 'bytes from 0 to 255' : 'numbers as they lie in their files';
  const scaled = scaling
    ? `; the model scales them (${scaling.kind === 'min-max' ? 'to 0–1' : 'to mean 0 and deviation 1'}) and back`
    : dtype === 'uint8'
      ? '; the model divides them by 255 and multiplies what it gives out'
      : '';
  const samples = `Samples: ${shapeWords(sampleShape)} ${range}${scaled}.`;
  const codes = `Codes: ${shapeWords(codeShape)} numbers.`;
  const named = columns?.map((column) => commentText(column, 60)).join(', ');
  const takes = { whole: 'samples to samples', encoder: 'samples to codes', decoder: 'codes to samples' }[
    part
  ];
  return [`From ${takes}.`, samples, ...(named ? [`Columns: ${commentText(named, 2_000)}`] : []), codes];
}
