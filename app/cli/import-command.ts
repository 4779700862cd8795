import { extname, resolve } from 'node:path';
import { openEngine } from '../../main/execute/engines';
import type { EngineName } from '../../main/execute/executor';
import { type ImportedModel, importModel } from '../../main/import/import-model';
import { plainModel } from '../../main/models/model-shelf';
import { preprocessingTexts } from '../../main/models/preprocessing-texts';
import { version } from '../../package.json';
import { documentHash } from '../../shared/document/document-text';
import { formatShape } from '../../shared/tensors/shape';
import type { CliIo } from './cli-io';
import { EXIT } from './exit-code';
import { makeRunFolder, modelPath, putModel, runPlace } from './model-place';

export interface ImportArguments {
  readonly file: string;
  readonly out: string;
  /** Whether what is there gives way. */
  readonly force?: boolean;
  readonly engine?: EngineName;
  readonly json?: boolean;
}

/**
 * `hourglass import FILE --out PLACE`: draws a model of another program with its weights, having compared what both give. PLACE is
 * a model file where it ends in `.hourglass`, else a folder like that of a run.
 */
export async function importForeign(args: ImportArguments, io: CliIo): Promise<number> {
  const place = await placeOf(args, io);
  const executor = await openEngine(args.engine);
  const imported = await importModel(resolve(io.workingFolder, args.file), executor);
  await keep(imported, place, args, io);
  if (args.json) io.out(`${JSON.stringify(told(imported, place))}\n`);
  else io.out(textOf(imported, place));
  return EXIT.ok;
}

/** Said before anything is read. */
function placeOf(args: ImportArguments, io: CliIo): Promise<string> {
  return isFile(args.out) ? modelPath(args.out, args, io) : runPlace(args, '', io);
}

const isFile = (place: string) => extname(place).toLowerCase() === '.hourglass';

async function keep(
  { model }: ImportedModel,
  place: string,
  placing: ImportArguments,
  io: CliIo,
): Promise<void> {
  if (isFile(place)) return putModel(place, plainModel(model, version), placing, io);
  const folder = await makeRunFolder(place, model.document, null, placing, io);
  const metadata = { format: 'hourglass', documentHash: documentHash(model.document) };
  await folder.writeWeights(model.weights, { ...metadata, ...preprocessingTexts(model.preprocessing) });
}

function told({ model, format, madeBy, notes, check }: ImportedModel, out: string) {
  const blocks = model.document.blocks.map(({ id }) => id);
  const shape = model.document.data.shape;
  return { event: 'imported', format, madeBy, blocks, shape, notes, check, out };
}

function textOf({ model, madeBy, notes, check }: ImportedModel, out: string): string {
  const [code] = model.document.blocks.filter(({ type }) => type === 'code');
  const figures = `${check.largestDifference.toPrecision(2)} (largest output ${check.largestOutput.toPrecision(3)})`;
  return [
    `Drawn from ${madeBy}: samples of ${formatShape(model.document.data.shape)}, a code of ${String(code?.params.size)}.`,
    `Its output and the model’s, by ${check.by} on ${check.samples} samples, differ by at most ${figures}.`,
    ...notes,
    `Kept in ${out}`,
    '',
  ].join('\n');
}
