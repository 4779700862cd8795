import { join } from 'node:path';
import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import type { Problem } from '../../shared/errors/problem';
import { type KeepingNote, UNFINISHED_RUN } from '../../shared/ipc/kept-run-schemas';
import type { Checkpoint } from '../train/checkpoint';
import { CheckpointFolder } from '../train/checkpoint-folder';
import { CheckpointKeeper, type CheckpointOccasion } from '../train/checkpoint-keeper';
import type { FilmStrip } from '../train/film-strip';
import { CHECKPOINTS } from '../train/run-files';
import { defaultRunFolder, RunFolder } from '../train/run-folder';
import { type FiguresToWrite, runResults, writeRunFigures, writeRunResults } from '../train/run-results';
import { runSummary } from '../train/run-summary';
import type { RunEnding, TrainingRun } from '../train/training-run';
import { unfinishedRunOf } from '../train/unfinished-run';
import { plainProblem } from './plain-problem';
import type { RunLog } from './run-log';

/** Milliseconds from one keeping of the film to the next: it may be larger than a checkpoint. */
const FILM_EVERY = 20_000;

/** A run and all that is known of it. */
export interface RunToKeep {
  readonly run: TrainingRun;
  readonly document: GraphDocument;
  readonly baseFolder: string | null;
  readonly log: RunLog;
  readonly film: FilmStrip;
  /** Where it was gone on with, the folder it has already. */
  readonly folder?: RunFolder;
}

/**
 * Keeps a run on the disk: from its beginning in a folder of its own that says who trains it, with its drawing and checkpoints;
 * once it has ended, with all that came of it and by the name that it is listed by.
 */
export class RunKeeping {
  /**
   * The folder with all that needs the run's weights; null where it took no step. From then on the run may be let go.
   * Rejects with a ProblemError where it can't be written; then what is left of it are checkpoints, if there are any.
   */
  readonly written: Promise<string | null>;
  /** The same once the line of PCA is in it too, or was called off. */
  readonly whole: Promise<string | null>;
  readonly #kept: RunToKeep;
  readonly #parent: string;
  readonly #note: KeepingNote;
  readonly #checkpoints: CheckpointKeeper;
  /** When the film was kept last, while the run went on. */
  #filmed = performance.now();
  #filming: Promise<void> = Promise.resolve();
  /** Null where it could not be made; it is tried again when the run has ended. */
  readonly #begun: Promise<RunFolder | null>;

  /** @param parent the folder in whose `runs` it is kept */
  constructor(kept: RunToKeep, parent: string, note: KeepingNote) {
    this.#kept = kept;
    this.#parent = parent;
    this.#note = note;
    this.#checkpoints = new CheckpointKeeper({
      losses: () => lossesOf(kept.log),
      onFailure: (reason) => this.#tellFailure(reason),
      onRecovery: () => kept.log.append({ kind: 'checkpointKept', step: kept.run.history().steps }),
    });
    this.#begun = this.#begin();
    const made = this.#write();
    this.written = made.then((written) => written?.folder.path ?? null);
    this.whole = made.then((written) => written && this.#addLine(written));
    // Whoever asks for one of them need not ask for the other.
    this.written.catch(() => {});
    this.whole.catch(() => {});
  }

  /** Keeps a checkpoint where it is due; never rejects for what the disk refuses. */
  async keepCheckpoint(make: () => Promise<Checkpoint | null>, occasion: CheckpointOccasion): Promise<void> {
    // A run is not held up for its folder.
    if (occasion === 'rest') await this.#begun;
    await this.#checkpoints.keep(make, occasion);
    if (occasion !== 'end') this.#keepFilm(occasion);
  }

  /** What is lost with the process are the last seconds of the film. */
  #keepFilm(occasion: CheckpointOccasion): void {
    const now = performance.now();
    if (occasion === 'epoch' && now - this.#filmed < FILM_EVERY) return;
    this.#filmed = now;
    const film = this.#kept.film.film();
    if (!film) return;
    // A disk that refuses it refuses checkpoints too, which is told.
    this.#filming = this.#begun.then((folder) => folder?.writeFilm(film)).catch(() => {});
  }

  async #begin(): Promise<RunFolder | null> {
    const { run, document, folder: given } = this.#kept;
    try {
      const folder = given ?? (await this.#create());
      await folder.writeUnfinished(await unfinishedRunOf(run, document.name, this.#note));
      this.#checkpoints.folder = new CheckpointFolder(join(folder.path, CHECKPOINTS));
      return folder;
    } catch (error) {
      this.#tellFailure(error);
      return given ?? null;
    }
  }

  #create(): Promise<RunFolder> {
    const { run, document, baseFolder } = this.#kept;
    return RunFolder.create(unfinishedFolder(this.#parent, run.runId), document, baseFolder);
  }

  #tellFailure(error: unknown): void {
    const { run, log } = this.#kept;
    const reason = error instanceof Error || isProblem(error) ? error.message : String(error);
    const told = plainProblem(problem('CHECKPOINT_NOT_KEPT', { reason }));
    log.append({ kind: 'checkpointFailed', step: run.history().steps, problem: told });
  }

  async #write(): Promise<Written | null> {
    const { run, document, log, film } = this.#kept;
    const ending = await run.finished;
    const begun = await this.#begun;
    await this.#checkpoints.settled();
    await this.#filming;
    if (run.history().steps === 0) {
      await begun?.remove();
      return null;
    }
    if (!run.hasBegun) {
      // It was called off before it could go on, and stands where it did.
      if (begun) await this.#abandon(begun);
      return null;
    }
    const ended = new Date();
    const folder = begun ?? (await this.#create());
    try {
      const figures = this.#figures({ ending, ended });
      await writeRunResults(folder, run, { ...figures, film: film.film() });
      const place = await folder.moveTo(defaultRunFolder(this.#parent, document.name, ended));
      // It is trained on from its end, or not at all.
      if (ending.kind === 'completed') await new CheckpointFolder(join(place.path, CHECKPOINTS)).keepNewest();
      await place.finish();
      return { folder: place, ending, ended, hasLine: log.pca !== null };
    } catch (error) {
      await this.#abandon(folder);
      throw error;
    }
  }

  /** What can't be written is left to be gone on with, where there is a checkpoint. */
  async #abandon(folder: RunFolder): Promise<void> {
    try {
      const newest = await new CheckpointFolder(join(folder.path, CHECKPOINTS)).newest();
      if (!newest) await folder.remove();
      else {
        const told = await unfinishedRunOf(this.#kept.run, this.#kept.document.name, this.#note);
        await folder.writeUnfinished({ ...told, holder: null });
      }
    } catch {
      // It is found when this process has ended.
    }
  }

  /** Writes the figures anew where the line of PCA was found after the run's end. */
  async #addLine(made: Written): Promise<string> {
    const { run } = this.#kept;
    const line = made.hasLine ? null : await run.pca.catch(() => null);
    if (line) await writeRunFigures(made.folder, run, this.#figures(made));
    return made.folder.path;
  }

  #figures({ ending, ended }: Pick<Written, 'ending' | 'ended'>): FiguresToWrite {
    const { run, document, log } = this.#kept;
    const { pca } = log;
    return {
      ending: ending.kind,
      results: runResults(run, ending, pca),
      summary: runSummary({ run, document, ending, pca, note: this.#note, ended }),
      ...log.lossHistory(),
    };
  }
}

interface Written {
  readonly folder: RunFolder;
  readonly ending: RunEnding;
  readonly ended: Date;
  readonly hasLine: boolean;
}

/** Where a run lies while it goes on. */
export function unfinishedFolder(parent: string, runId: string): string {
  return join(parent, 'runs', `${UNFINISHED_RUN}${runId}`);
}

function lossesOf(log: RunLog): Pick<Checkpoint, 'losses' | 'lossSteps'> {
  const { losses, lossSteps } = log.lossHistory();
  return { losses: losses.values, ...(lossSteps && { lossSteps: Int32Array.from(lossSteps) }) };
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'message' in value && 'hint' in value;
}
