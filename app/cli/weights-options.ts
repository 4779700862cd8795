import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { openModel } from '../../main/models/open-model';
import { assertKnown, type StartingPoint, type WeightsOrigin } from '../../main/models/starting-point';
import { setFrozen } from '../../shared/document/edits';
import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { weighted } from '../../shared/plan/match-layers';
import { planDocument } from '../../shared/plan/plan-document';
import { isPart, startCounts, type WeightsPart } from '../../shared/plan/starting-weights';
import type { CliIo } from './cli-io';
import { listOf } from './data-options';
import { textTable } from './text-table';

/** Which trained weights a run begins with, and what of the drawing is frozen. */
export interface WeightsArguments {
  readonly weights?: string;
  readonly part?: 'whole' | 'encoder' | 'decoder';
  readonly blocks?: readonly string[];
  readonly freeze?: WeightsPart;
}

export function addWeightsOptions(command: Command): Command {
  return command
    .option(
      '--weights <model>',
      'begin with the weights of this model (a run’s folder, or a model file), where shapes match',
    )
    .addOption(
      new Option('--part <part>', 'which layers begin with them (default: whole)').choices([
        'whole',
        'encoder',
        'decoder',
      ]),
    )
    .addOption(
      new Option('--blocks <ids>', "only these do (comma-separated; a twin is dense-1′ or dense-1')")
        .argParser(blocksOf)
        .conflicts('part'),
    )
    .option('--freeze <what>', 'leave these weights as they are: encoder, decoder, or blocks', partOf);
}

/** Opens the model that is named. @throws ProblemError where there is none, or a part of none is asked for */
export async function originOf(
  { weights, part, blocks }: WeightsArguments,
  { workingFolder }: CliIo,
): Promise<WeightsOrigin | null> {
  if (weights === undefined) {
    const option = part ? '--part' : blocks ? '--blocks' : null;
    if (option) throw new ProblemError(problem('WEIGHTS_OPTION', { option }));
    return null;
  }
  const model = await openModel(resolve(workingFolder, weights));
  return { model: { model, part: blocks ?? part ?? 'whole' } };
}

/** The drawing with a half, or some of its blocks, frozen. @throws ProblemError where it has no such block with weights */
export function frozenDrawing(document: GraphDocument, part: WeightsPart | undefined): GraphDocument {
  const { plan } = part === undefined ? { plan: null } : planDocument(document);
  if (part === undefined || !plan) return document;
  assertKnown(plan, part);
  const ids = weighted(plan).filter((layer) => isPart(layer, part));
  return setFrozen(
    document,
    ids.map(({ id }) => id),
    true,
  );
}

/** Layer by layer what a run begins with. */
export function startText({ layers, told }: StartingPoint): string {
  const rows = layers.map(({ id, outcome, from, by, unlike, without, count }) => [
    id,
    outcome,
    outcome === 'new'
      ? unlike === undefined
        ? ''
        : unlike === null
          ? 'no counterpart of this shape'
          : `there it is ${unlike.join('×')}`
      : `${from}${by === 'place' ? ', by its place' : ''}${without.length > 0 ? `, but its ${without.join(', ')}` : ''}`,
    count.toLocaleString('en'),
  ]);
  const { loaded, new: fresh } = startCounts(layers);
  const head = ['layer', 'weights', 'from', 'numbers'];
  const sum = `${loaded.toLocaleString('en')} numbers come from “${told.model?.name ?? ''}”, ${fresh.toLocaleString('en')} are new.`;
  return `${textTable([head, ...rows])}\n${sum}\n`;
}

/** Ids of blocks; shells make an apostrophe easier to type than a prime. */
function blocksOf(text: string): string[] {
  return listOf(text).map((id) => id.replace(/'$/, '′'));
}

function partOf(text: string): WeightsPart {
  if (text === 'encoder' || text === 'decoder') return text;
  if (text === 'whole') throw new InvalidArgumentError('Nothing would be left to train.');
  return blocksOf(text);
}
