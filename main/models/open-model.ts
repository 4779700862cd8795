import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { parseDocument } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { ProblemError } from '../../shared/errors/problem';
import { valueCount } from '../../shared/tensors/shape';
import type { SafetensorsContent } from '../train/read-safetensors';
import { readSafetensorsFile } from '../train/read-safetensors-file';
import { DRAWING, HISTORY, WEIGHTS } from '../train/run-files';
import { readModelFile } from './model-file-reader';
import { planOfModel } from './model-plan';
import { isModelFile } from './model-stamp';
import { type ReadPreprocessing, readPreprocessing } from './preprocessing-texts';
import type { Preprocessing, TrainedModel } from './trained-model';
import { assertWeights } from './weight-problems';

/** Of a drawing's text; one of 5,000 blocks takes a fraction. */
const MOST_DOCUMENT_BYTES = 64 * 1024 * 1024;

/**
 * Opens a trained model: the folder of a run, on the command line's or the window's, or a model file, told by its content.
 *
 * @throws ProblemError where there is no model (MODEL_NONE), its files are damaged (MODEL_DAMAGED), or its weights do not fit
 *   its drawing, tensor by tensor
 */
export async function openModel(path: string): Promise<TrainedModel> {
  const place = resolve(path);
  let isFolder: boolean;
  try {
    isFolder = (await stat(place)).isDirectory();
  } catch (error) {
    throw fileProblem(error, place, 'read');
  }
  if (isFolder) return openRunFolder(place);
  if (await isModelFile(place)) return readModelFile(place);
  throw none(place, 'it is a file without weights');
}

async function openRunFolder(folder: string): Promise<TrainedModel> {
  const document = await readDrawing(folder);
  const file = join(folder, WEIGHTS);
  const content = await readWeights(file);
  if (!content) throw none(folder, `it holds no ${WEIGHTS}: the run took no step, or was interrupted`);
  const plan = planOfModel({ document });
  assertWeights(plan, content.tensors);
  const read = preprocessingIn(content, valueCount(plan.outputShape), file);
  const preprocessing = await completed(read, document, folder);
  return { document, weights: content.tensors, preprocessing };
}

async function readDrawing(folder: string): Promise<GraphDocument> {
  const file = join(folder, DRAWING);
  const bytes = await readUnlessMissing(file);
  if (!bytes) throw none(folder, `it holds no ${DRAWING}`);
  if (bytes.length > MOST_DOCUMENT_BYTES) {
    const values = { what: 'bytes', got: bytes.length, limit: MOST_DOCUMENT_BYTES };
    throw new ProblemError(problem('DOCUMENT_TOO_LARGE', values));
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ProblemError(problem('FILE_NOT_TEXT', { path: file }));
  }
  return parseDocument(text);
}

async function readUnlessMissing(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw fileProblem(error, file, 'read');
  }
}

/** @returns null where there is no such file */
async function readWeights(file: string): Promise<SafetensorsContent | null> {
  try {
    return await readSafetensorsFile(file);
  } catch (error) {
    if (error instanceof ProblemError && error.problems[0].code === 'FILE_MISSING') return null;
    if (error instanceof ProblemError) throw error;
    throw damaged(file, error instanceof Error ? error.message : String(error));
  }
}

function preprocessingIn(
  { metadata }: SafetensorsContent,
  valuesEach: number,
  file: string,
): ReadPreprocessing {
  try {
    return readPreprocessing(metadata, valuesEach);
  } catch (error) {
    throw damaged(file, error instanceof Error ? error.message : String(error));
  }
}

const historySchema = z.object({ data: z.object({ dtype: z.enum(['uint8', 'float32']) }) });

/** What older weights do not say stands in the run's history and in its drawing. */
async function completed(
  { dtype, scaling, columns }: ReadPreprocessing,
  { data }: GraphDocument,
  folder: string,
): Promise<Preprocessing> {
  const ofDrawing = data.kind === 'table' ? (data.columns ?? null) : null;
  return { dtype: dtype ?? (await dtypeInHistory(folder)), scaling, columns: columns ?? ofDrawing };
}

async function dtypeInHistory(folder: string): Promise<Preprocessing['dtype']> {
  const file = join(folder, HISTORY);
  const bytes = await readUnlessMissing(file);
  try {
    return historySchema.parse(JSON.parse(String(bytes ?? ''))).data.dtype;
  } catch {
    throw damaged(join(folder, WEIGHTS), `neither it nor ${HISTORY} says of which type samples are`);
  }
}

function none(path: string, why: string): ProblemError {
  return new ProblemError(problem('MODEL_NONE', { path, why }));
}

function damaged(file: string, why: string): ProblemError {
  return new ProblemError(problem('MODEL_DAMAGED', { file, why }));
}
