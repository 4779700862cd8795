import type { Problem } from '../../shared/errors/problem';
import type { ExportPart } from '../../shared/export/export-part';
import type { Plan } from '../../shared/plan/plan';
import type { Tensor } from '../execute/executor';
import type { TrainedModel } from '../models/trained-model';

/** What is exported: a trained model, or half of one. */
export interface ExportSubject {
  readonly model: TrainedModel;
  readonly plan: Plan;
  readonly part: ExportPart;
  /** What the model is called, in letters that every system has for files: `mnist-dense`. */
  readonly name: string;
}

/** How an export is watched and called off. */
export interface ExportControl {
  readonly signal?: AbortSignal;
}

/** What an export was compared by, and how far it is from what the app itself gives out. */
export interface ExportStamp {
  /** What ran the export: `ONNX Runtime 1.30.0`; and the engine it was compared with: `TensorFlow 2.21.0`. */
  readonly checkedBy: string;
  readonly comparedWith: string;
  readonly samples: number;
  /** In the scale that the export gives out. */
  readonly largestDifference: number;
  readonly largestOutput: number;
}

/** What running a written export once more gave. */
export interface Rerun {
  /** What ran it, with its version: `ONNX Runtime 1.30.0`. */
  readonly by: string;
  /** What it gave out, row after row, for all inputs. */
  readonly outputs: Float32Array;
}

/** How Hourglass itself runs what a format wrote, and writes into it what came of that. */
interface ExportCheck {
  /** How many samples it is run on at most; running some is slow. */
  readonly samples: number;
  /** Whether it is small enough to be run; where it is not, the user is told that it was not run. */
  canRun?(subject: ExportSubject): boolean;
  /** Why it can't be run on this machine, or null where it can. */
  problem?(): Promise<Problem | null>;
  /**
   * Runs the written export on batches, each of another size, so that it is known to take any.
   *
   * @param batches as the export takes them: rows of `subject`'s samples in the type and scale of the files, or codes
   * @throws Cancelled
   */
  run(
    path: string,
    subject: ExportSubject,
    batches: readonly Tensor[],
    control: ExportControl,
  ): Promise<Rerun>;
  /** Writes the stamp into the export, which runs as before. */
  stamp(path: string, stamp: ExportStamp): Promise<void>;
}

/**
 * A form in which a trained model goes to another program. One file each (`onnx.ts`, `saved-model.ts`), and one line in
 * `catalogue.ts`; command line, window and `exportModel` follow from it.
 *
 * An export takes samples as they lie in their files (bytes from 0 to 255, or numbers before scaling) and gives samples out in
 * that scale, as float32; what was done to samples before training is inside it. Codes are as the app tells them. A format
 * that can't hold some of that says so in `notes`.
 */
export interface ExportFormat {
  /** Lower case, as on the command line: `onnx`, `saved-model`. */
  readonly name: string;
  /** What people call it: `TensorFlow SavedModel`. */
  readonly title: string;
  /** One honest sentence: what it is and what opens it. */
  readonly about: string;
  /** The ending of the file, with its dot; null where it is a folder. */
  readonly extension: string | null;
  readonly parts: readonly ExportPart[];
  /** Everything of this subject that the format has no words for, block by block (`where.nodeId`). */
  problems(subject: ExportSubject): readonly Problem[];
  /** What a reader of this export should know: what is not inside, or is there in another form. */
  notes(subject: ExportSubject): readonly string[];
  /**
   * Writes the export, flushed to disk. `path` is a temporary place beside the wanted one: a file that is not there yet, or an
   * empty folder where the format writes one.
   *
   * @throws ProblemError, Cancelled
   */
  write(subject: ExportSubject, path: string, control: ExportControl): Promise<void>;
  /** Whether a folder is one that this format wrote, and may be replaced by another; only of formats that write folders. */
  isOwn?(folder: string): Promise<boolean>;
  /** Null where Hourglass has nothing that runs it; then the user is told that it was not run. */
  readonly check: ExportCheck | null;
}
