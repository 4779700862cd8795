import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { GraphDocument } from '../../shared/document/graph-document';
import { type KeepingNote, UNFINISHED_RUN } from '../../shared/ipc/kept-run-schemas';
import type { FilmStrip } from '../train/film-strip';
import { defaultRunFolder, RunFolder } from '../train/run-folder';
import { type FiguresToWrite, runResults, writeRunFigures, writeRunResults } from '../train/run-results';
import { runSummary } from '../train/run-summary';
import type { RunEnding, TrainingRun } from '../train/training-run';
import type { RunLog } from './run-log';

/** A run and all that is known of it. */
export interface RunToKeep {
  readonly run: TrainingRun;
  readonly document: GraphDocument;
  readonly baseFolder: string | null;
  readonly log: RunLog;
  readonly film: FilmStrip;
}

/** Keeps a run on the disk once it has ended. */
export class RunKeeping {
  /**
   * The folder with all that needs the run's weights; null where it took no step. From then on the run may be let go.
   * Rejects with a ProblemError where it can't be written; then nothing is left of it.
   */
  readonly written: Promise<string | null>;
  /** The same once the line of PCA is in it too, or was called off. */
  readonly whole: Promise<string | null>;

  /** @param parent the folder in whose `runs` it is kept */
  constructor(kept: RunToKeep, parent: string, note: KeepingNote) {
    const folder = write(kept, parent, note);
    this.written = folder.then((made) => made?.folder.path ?? null);
    this.whole = folder.then((made) => made && addLine(kept, made, note));
    // Whoever asks for one of them need not ask for the other.
    this.written.catch(() => {});
    this.whole.catch(() => {});
  }
}

interface Written {
  readonly folder: RunFolder;
  readonly ending: RunEnding;
  readonly ended: Date;
  readonly hasLine: boolean;
}

async function write(kept: RunToKeep, parent: string, note: KeepingNote): Promise<Written | null> {
  const { run, document, baseFolder, log, film } = kept;
  const ending = await run.finished;
  if (run.history().steps === 0) return null;
  const ended = new Date();
  const place = defaultRunFolder(parent, document.name, ended);
  const unfinished = join(dirname(place), `${UNFINISHED_RUN}${randomUUID()}`);
  const folder = await RunFolder.create(unfinished, document, baseFolder);
  try {
    const figures = figuresOf(kept, { ending, ended }, note);
    await writeRunResults(folder, run, { ...figures, film: film.film() });
    return { folder: await folder.moveTo(place), ending, ended, hasLine: log.pca !== null };
  } catch (error) {
    await folder.remove().catch(() => {});
    throw error;
  }
}

/** Writes the figures anew where the line of PCA was found after the run's end. */
async function addLine(kept: RunToKeep, made: Written, note: KeepingNote): Promise<string> {
  const { folder, hasLine } = made;
  const line = hasLine ? null : await kept.run.pca.catch(() => null);
  if (line) await writeRunFigures(folder, kept.run, figuresOf(kept, made, note));
  return folder.path;
}

function figuresOf(
  { run, document, log }: RunToKeep,
  { ending, ended }: Pick<Written, 'ending' | 'ended'>,
  note: KeepingNote,
): FiguresToWrite {
  const { pca } = log;
  return {
    ending: ending.kind,
    results: runResults(run, ending, pca),
    summary: runSummary({ run, document, ending, pca, note, ended }),
    ...log.lossHistory(),
  };
}
