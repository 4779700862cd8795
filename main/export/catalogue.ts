import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { ExportFormat } from './format';
import { kerasFile } from './keras/keras-file';
import { kerasProgram } from './keras/keras-program';
import { layersModel } from './layers-model/layers-model';
import { onnx } from './onnx/onnx';
import { pytorch } from './pytorch/pytorch';
import { savedModel } from './saved-model/saved-model';

/** Every format that a trained model can be exported in, in the order they are offered. */
export const exportFormats: readonly ExportFormat[] = [
  onnx,
  savedModel,
  layersModel,
  kerasFile,
  kerasProgram,
  pytorch,
];

/** @throws ProblemError where there is no format of this name */
export function exportFormatOf(name: string): ExportFormat {
  const format = exportFormats.find((each) => each.name === name);
  if (format) return format;
  const known = exportFormats.map((each) => each.name);
  throw new ProblemError(problem('EXPORT_FORMAT_UNKNOWN', { name, known }));
}
