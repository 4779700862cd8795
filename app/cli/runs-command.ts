import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { CheckpointFolder } from '../../main/train/checkpoint-folder';
import { isRunning } from '../../main/train/process-mark';
import { CHECKPOINTS } from '../../main/train/run-files';
import { readUnfinished } from '../../main/train/unfinished-run';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { KeptRun } from '../../shared/ipc/contract';
import { UNFINISHED_RUN } from '../../shared/ipc/kept-run-schemas';
import { KeptRuns, runsParent } from '../files/kept-runs';
import { KeptSettings } from '../files/kept-settings';
import type { CliIo } from './cli-io';
import { EXIT } from './exit-code';
import { textTable } from './text-table';

export interface RunsArguments {
  readonly dir?: string;
  readonly search?: string;
  readonly delete?: readonly string[];
  readonly tidy?: boolean;
  readonly json?: boolean;
}

/** A run as it is listed. */
interface ListedRun {
  readonly id: string;
  readonly folder: string;
  readonly name: string;
  readonly data: string;
  readonly state: KeptRun['ending'] | 'interrupted' | 'running';
  readonly starred: boolean;
  /** Done, and asked for. */
  readonly epochs: readonly [number, number];
  readonly engine: string;
  /** When it ended, or was saved last, in milliseconds since 1970; null where it never was. */
  readonly when: number | null;
  readonly validationMse: number | null;
  readonly testMse: number | null;
  /** Whether `hourglass resume` can go on with it. */
  readonly canGoOn: boolean;
}

/**
 * `hourglass runs [DIR]`: lists the runs in a folder, or those of the app and of the working folder; removes some by their
 * ids, or by the rule for how many are kept.
 */
export async function runs(args: RunsArguments, io: CliIo): Promise<number> {
  const places = await placesOf(args.dir, io);
  const wanted = new Set(args.delete ?? []);
  for (const place of places) {
    const listed = await listedIn(place);
    await deleteFrom(place, listed, wanted, io);
    if (args.tidy) {
      const gone = await place.tidy();
      io.err(gone.length === 0 ? `Nothing to tidy in ${place.folder}\n` : `Removed ${gone.join(', ')}\n`);
    }
  }
  const [unknown] = wanted;
  if (unknown !== undefined) {
    const folders = places.map(({ folder }) => folder).join(', ');
    throw new ProblemError(problem('RUN_NOT_FOUND', { id: unknown, folders }));
  }
  if (args.delete?.length || args.tidy) return EXIT.ok;
  const found = (await Promise.all(places.map(listedIn))).flat().filter((run) => isFound(run, args.search));
  if (args.json) for (const run of found) io.out(`${JSON.stringify(run)}\n`);
  else io.out(found.length > 0 ? table(found) : 'No runs.\n');
  const first = found.find(({ state, canGoOn }) => state === 'interrupted' && canGoOn);
  if (first && !args.json) io.err(`Go on with an interrupted run by: hourglass resume ${first.folder}\n`);
  return EXIT.ok;
}

/** @throws ProblemError where a folder is named that is none */
async function placesOf(dir: string | undefined, io: CliIo): Promise<readonly KeptRuns[]> {
  if (dir !== undefined) {
    const given = resolve(io.workingFolder, dir);
    if (!(await isFolder(given))) throw new ProblemError(problem('FILE_MISSING', { path: given }));
    const within = join(given, 'runs');
    return [new KeptRuns({ parent: given, ...(!(await isFolder(within)) && { folder: given }) })];
  }
  const { settings } = await KeptSettings.open(join(io.dataFolder, 'settings.json'));
  const parents = new Set([resolve(runsParent(io.dataFolder, settings)), io.workingFolder]);
  return [...parents].map((parent) => new KeptRuns({ parent }));
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (seen) => seen.isDirectory(),
    () => false,
  );
}

/** The newest first; what is going on before what has ended. */
async function listedIn(place: KeptRuns): Promise<readonly ListedRun[]> {
  const { runs: kept, passedOver, interrupted, atWork } = await place.list();
  const unfinished = [...interrupted.map(({ id }) => id), ...atWork].map((id) => `${UNFINISHED_RUN}${id}`);
  const others = await Promise.all(
    [...unfinished, ...passedOver.map(({ id }) => id)].map((name) => unended(join(place.folder, name))),
  );
  const ended = await Promise.all(kept.map((run) => keptRun(run, join(place.folder, run.id))));
  return [...others.flatMap((run) => run ?? []), ...ended];
}

async function keptRun(run: KeptRun, folder: string): Promise<ListedRun> {
  // It may be being gone on with in its own folder.
  const goingOn = run.ending === 'completed' ? null : await unended(folder);
  if (goingOn) return goingOn;
  return {
    id: run.id,
    folder,
    name: run.name || run.document.name,
    data: run.data.name,
    state: run.ending,
    starred: run.starred,
    epochs: run.epochs,
    engine: run.engine.name,
    when: run.ended,
    validationMse: run.mse.validation,
    testMse: run.mse.test,
    canGoOn: run.checkpoint !== null,
  };
}

/** A run that has not ended; null where the folder is none of one. */
async function unended(folder: string): Promise<ListedRun | null> {
  const told = await readUnfinished(folder);
  if (!told) return null;
  const newest = await new CheckpointFolder(join(folder, CHECKPOINTS)).newest().catch(() => null);
  const isGoingOn = told.holder !== null && (await isRunning(told.holder));
  const name = basename(folder);
  return {
    id: name.startsWith(UNFINISHED_RUN) ? name.slice(UNFINISHED_RUN.length) : name,
    folder,
    name: told.name,
    data: told.data,
    state: isGoingOn ? 'running' : 'interrupted',
    starred: false,
    epochs: [Math.floor((newest?.step ?? 0) / told.stepsPerEpoch), told.epochs],
    engine: told.engine.name,
    when: newest?.saved ?? null,
    validationMse: null,
    testMse: null,
    canGoOn: !isGoingOn && newest !== null,
  };
}

/** Deletes what is wanted and there; what was deleted is wanted no more. @throws ProblemError where a run goes on */
async function deleteFrom(
  place: KeptRuns,
  listed: readonly ListedRun[],
  wanted: Set<string>,
  io: CliIo,
): Promise<void> {
  for (const run of listed.filter(({ id }) => wanted.has(id))) {
    if (run.state === 'running') throw new ProblemError(problem('CHECKPOINT_TAKEN', { path: run.folder }));
    if (basename(run.folder).startsWith(UNFINISHED_RUN)) await place.discard(run.id);
    else await place.remove([run.id]);
    wanted.delete(run.id);
    io.err(`Deleted ${run.folder}\n`);
  }
}

function isFound({ id, name, data, state, engine }: ListedRun, text = ''): boolean {
  const all = `${id} ${name} ${data} ${state} ${engine}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

function table(listed: readonly ListedRun[]): string {
  const head = ['id', 'drawing', 'data', 'state', 'epochs', 'val. MSE', 'test MSE', 'engine', 'when'];
  const figure = (value: number | null) => (value === null ? '–' : value.toPrecision(3));
  const rows = listed.map(({ id, name, data, state, starred, epochs, engine, when, ...run }) => [
    id,
    `${starred ? '★ ' : ''}${name}`,
    data,
    state,
    `${epochs[0]}/${epochs[1]}`,
    figure(run.validationMse),
    figure(run.testMse),
    engine,
    when === null ? '–' : new Date(when).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' }),
  ]);
  return textTable([head, ...rows], [4, 5, 6]);
}
