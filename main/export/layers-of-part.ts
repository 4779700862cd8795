import type { ExportPart } from '../../shared/export/export-part';
import type { Layer, Plan } from '../../shared/plan/plan';

/** The layers of a part, in the order they run: the encoder's with the code, the decoder's, or all. */
export function layersOfPart(
  { layers, codeIndex }: Pick<Plan, 'layers' | 'codeIndex'>,
  part: ExportPart,
): readonly Layer[] {
  if (part === 'whole') return layers;
  return part === 'encoder' ? layers.slice(0, codeIndex + 1) : layers.slice(codeIndex + 1);
}
