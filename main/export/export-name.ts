import type { ExportPart } from '../../shared/export/export-part';
import type { ExportFormat } from './format';

/** What an export is called unless told: `mnist-dense-encoder.onnx`, `mnist-dense-tfjs`. */
export function exportName(
  model: string,
  { name, extension }: Pick<ExportFormat, 'name' | 'extension'>,
  part: ExportPart,
): string {
  const plain =
    model
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '') || 'model';
  const half = part === 'whole' ? '' : `-${part}`;
  return extension === null ? `${plain}${half}-${name}` : `${plain}${half}${extension}`;
}
