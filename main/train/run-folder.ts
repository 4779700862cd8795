import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { documentText } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { ProblemError } from '../../shared/errors/problem';
import type { Film, RunEvent, ShownSamples } from '../../shared/ipc/contract';
import type { RunSummaryFile } from '../../shared/ipc/kept-run-schemas';
import { isThere } from '../data/is-there';
import type { Tensor } from '../execute/executor';
import { flushFolder, writeWhole } from '../models/atomic-file';
import { CheckpointFolder } from './checkpoint-folder';
import { filmBytes } from './film-file';
import type { LossHistory } from './loss-history';
import { isRunning } from './process-mark';
import { reconstructionPicture } from './reconstruction-picture';
import type { ReconstructedValues } from './reconstructor';
import {
  CHECKPOINTS,
  DRAWING,
  FILM_FILE,
  HISTORY,
  RECONSTRUCTIONS,
  RUN_FILES,
  SUMMARY,
  UNFINISHED_FILE,
  WEIGHTS,
} from './run-files';
import { safetensorsPieces } from './safetensors';
import { readUnfinished, type UnfinishedRunFile } from './unfinished-run';

function rowsOf({ originals, seen, reconstructions }: ShownSamples) {
  return [originals, ...(seen ? [seen] : []), reconstructions] as const;
}

/** A run's results on disk. Every file is written beside its place, flushed and renamed. */
export class RunFolder {
  private constructor(readonly path: string) {}

  /**
   * Makes the folder, and puts the drawing in it with its data's path as seen from there.
   *
   * @param earlier what becomes of a run that is in it already: `replace` takes its files away, and no others
   * @throws ProblemError RUN_FOLDER_TAKEN where there is one that is to stay, CHECKPOINT_TAKEN where a process trains it, and, as
   *   every write does, where the system refuses or the disk is full
   */
  static async create(
    path: string,
    document: GraphDocument,
    baseFolder: string | null,
    earlier: 'refuse' | 'replace' | 'go on' = 'refuse',
  ): Promise<RunFolder> {
    if (earlier !== 'go on') await makeRoom(path, earlier);
    try {
      await mkdir(path, { recursive: true });
    } catch (error) {
      throw fileProblem(error, path, 'write');
    }
    const folder = new RunFolder(path);
    await folder.#write(DRAWING, documentText(movedDocument(document, baseFolder, path)));
    return folder;
  }

  /**
   * Lets the folder be found at another place beside it, all of it at once: `path`, or with a number behind it where that
   * is taken.
   */
  async moveTo(path: string): Promise<RunFolder> {
    for (let number = 1; ; number++) {
      const place = number === 1 ? path : `${path}-${number}`;
      try {
        await rename(this.path, place);
        await flushFolder(dirname(place));
        return new RunFolder(place);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : '';
        // Windows says that it may not, wherever there is one.
        const taken = code === 'ENOTEMPTY' || code === 'EEXIST' || (code === 'EPERM' && number < 20);
        if (!taken) throw fileProblem(error, dirname(place), 'write');
      }
    }
  }

  /** Takes a folder that is there already, with its drawing in it. */
  static at(path: string): RunFolder {
    return new RunFolder(path);
  }

  /** Says that the run goes on, and who trains it. */
  async writeUnfinished(file: UnfinishedRunFile): Promise<void> {
    await this.#write(UNFINISHED_FILE, `${JSON.stringify(file, null, 1)}\n`);
  }

  /** Says that the run has ended and all of it is written. */
  async finish(): Promise<void> {
    await rm(join(this.path, UNFINISHED_FILE), { force: true });
  }

  /** Takes away the folder and all that is in it. */
  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  /** What lists of runs show of it; its being there says that the rest is whole. */
  async writeSummary(summary: RunSummaryFile): Promise<void> {
    await this.#write(SUMMARY, `${JSON.stringify(summary, null, 1)}\n`);
  }

  /** The history with one more entry, `losses`, in pieces, as one text might be too long for a string. */
  async writeHistory(history: object, losses: LossHistory): Promise<void> {
    const head = JSON.stringify(history, null, 1).replace(/\n}$/, ',\n "losses": [');
    await this.#write(HISTORY, [head, ...losses.lines(), ']\n}\n']);
  }

  async writeWeights(
    weights: ReadonlyMap<string, Tensor>,
    metadata: Readonly<Record<string, string>>,
  ): Promise<void> {
    await this.#write(WEIGHTS, safetensorsPieces(weights, metadata).pieces());
  }

  async writePicture({
    drawn,
    watched: _,
    ...samples
  }: Extract<RunEvent, { kind: 'reconstructions' }>): Promise<void> {
    await this.#write(RECONSTRUCTIONS, await reconstructionPicture(rowsOf(samples)));
    if (drawn) await this.#write('drawn.png', await reconstructionPicture([drawn]));
  }

  async writeFilm(film: Film): Promise<void> {
    await this.#write(FILM_FILE, filmBytes(film));
  }

  /** What came of normal samples (`normal.png`) and of anomalous ones (`anomalous.png`). */
  async writeExamples(examples: Readonly<Record<'normal' | 'anomalous', ShownSamples>>): Promise<void> {
    for (const name of ['normal', 'anomalous'] as const) {
      await this.#write(`${name}.png`, await reconstructionPicture(rowsOf(examples[name])));
    }
  }

  /**
   * The watched samples and their reconstructions as comma-separated text, in the scale of the files: for each sample a
   * row `original` and a row `reconstruction`, led by the sample's row in the table, from 1.
   */
  async writeTable(
    columns: readonly string[],
    { rows, originals, reconstructions }: ReconstructedValues,
  ): Promise<void> {
    const width = columns.length;
    const line = (row: number, kind: string, values: Float32Array, sample: number) =>
      [row + 1, kind, ...values.subarray(sample * width, (sample + 1) * width)].join(',');
    const lines = rows.flatMap((row, sample) => [
      line(row, 'original', originals, sample),
      line(row, 'reconstruction', reconstructions, sample),
    ]);
    const head = ['row', 'values', ...columns].map(csvCell).join(',');
    await this.#write('reconstructions.csv', [head, ...lines, ''].join('\n'));
  }

  async #write(name: string, content: Parameters<typeof writeWhole>[1]): Promise<void> {
    const file = join(this.path, name);
    try {
      await writeWhole(file, content);
    } catch (error) {
      throw fileProblem(error, file, 'write');
    }
  }
}

/** @throws ProblemError as `RunFolder.create` */
async function makeRoom(path: string, earlier: 'refuse' | 'replace'): Promise<void> {
  if (!(await holdsRun(path))) return;
  if (earlier === 'refuse') throw new ProblemError(problem('RUN_FOLDER_TAKEN', { path }));
  const holder = (await readUnfinished(path))?.holder;
  if (holder && (await isRunning(holder))) throw new ProblemError(problem('CHECKPOINT_TAKEN', { path }));
  try {
    // First what says that there is a run: whatever ends this halfway, no half of one is taken for a whole.
    for (const name of RUN_FILES) await rm(join(path, name), { force: true });
    await new CheckpointFolder(join(path, CHECKPOINTS)).clear();
  } catch (error) {
    throw fileProblem(error, path, 'write');
  }
}

/** Whether a run lies in a folder, or what is left of one. */
export async function holdsRun(path: string): Promise<boolean> {
  for (const name of [...RUN_FILES, CHECKPOINTS]) if (await isThere(join(path, name))) return true;
  return false;
}

/** Quoted where it must be (RFC 4180). */
function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Where a run goes that was not told: `runs/mnist-dense-2026-01-31-14-05-09` in the working folder. */
export function defaultRunFolder(workingFolder: string, name: string, now: Date): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())];
  const time = [two(now.getHours()), two(now.getMinutes()), two(now.getSeconds())];
  return join(workingFolder, 'runs', [plain || 'run', ...day, ...time].join('-'));
}

/** The drawing with its data's path as seen from another folder. */
export function movedDocument(document: GraphDocument, from: string | null, to: string): GraphDocument {
  const { data } = document;
  if (data.kind === 'builtin' || from === null || isAbsolute(data.path)) return document;
  const path = relative(to, resolve(from, data.path)).split(sep).join('/');
  return { ...document, data: { ...data, path } };
}
