import { resolve } from 'node:path';
import type { Dataset } from '../../main/data/dataset';
import { openDataset, referenceFor } from '../../main/data/open-dataset';
import type { GraphDocument } from '../../shared/document/graph-document';
import { validateDocument } from '../../shared/document/validate';
import { ProblemError } from '../../shared/errors/problem';
import { type Shape, sameShape } from '../../shared/tensors/shape';
import type { CliIo } from './cli-io';
import { chosenData, type DataArguments } from './data-options';
import { readDocument } from './read-document';
import type { TrainDisplay } from './train-display';

/** What the command line says instead of a drawing. */
export interface DrawingArguments extends DataArguments {
  readonly file: string;
  readonly epochs?: number;
  readonly seed?: number;
}

/** The drawing with what the command line says instead. @throws ProblemError where there is none, or other data than meant */
export async function drawingFor(file: string, args: DrawingArguments, io: CliIo): Promise<GraphDocument> {
  const document = await readDocument(file, io);
  const found = args.data ? await referenceFor(resolve(io.workingFolder, args.data)) : null;
  const data = chosenData(document.data, found, args);
  const training = {
    ...document.training,
    ...(args.epochs === undefined ? {} : { epochs: args.epochs }),
    ...(args.seed === undefined ? {} : { seed: args.seed }),
  };
  return { ...document, data, training };
}

/** The same, where it can be trained as far as can be told without its data. @throws ProblemError where it can't */
export async function drawingToTrain(
  file: string,
  args: DrawingArguments,
  io: CliIo,
): Promise<GraphDocument> {
  const document = await drawingFor(file, args, io);
  // Said before anything large is loaded or fetched; the run checks again once the data is there.
  const [first, ...others] = validateDocument(document).filter(({ severity }) => severity === 'error');
  if (first) throw new ProblemError(first, ...others);
  return document;
}

/** The drawing with the shape that its data turned out to have. */
export function withShape(document: GraphDocument, shape: Shape): GraphDocument {
  const { data } = document;
  return sameShape(data.shape, shape) ? document : { ...document, data: { ...data, shape } };
}

export async function loadData(
  document: GraphDocument,
  baseFolder: string,
  signal: AbortSignal,
  display: TrainDisplay,
): Promise<Dataset> {
  try {
    return await openDataset(document.data, baseFolder, {
      signal,
      onProgress: (progress) => display.showLoading(progress),
    });
  } finally {
    display.close();
  }
}
