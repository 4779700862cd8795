import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { Cancelled, ProblemError } from '../../shared/errors/problem';
import type { ExportPart } from '../../shared/export/export-part';
import { decodeProblem } from '../../shared/plan/skips';
import type { Executor } from '../execute/executor';
import { flushFolder } from '../models/atomic-file';
import { planOfModel } from '../models/model-plan';
import type { TrainedModel } from '../models/trained-model';
import { checkExport } from './check-export';
import type { ExportFormat, ExportStamp, ExportSubject } from './format';
import { sizeOnDisk } from './size-on-disk';

export interface ExportOrder {
  readonly model: TrainedModel;
  readonly format: ExportFormat;
  readonly part: ExportPart;
  /** What the model is called. */
  readonly name: string;
  /** Absolute: the file, or the folder. */
  readonly path: string;
  /** Whether what lies there may be replaced: a file, or a folder that the format wrote before. */
  readonly replace?: boolean;
  /** What the export is compared with. */
  readonly executor: Executor;
  readonly signal?: AbortSignal;
  onStage?(stage: ExportStage): void;
}

type ExportStage = 'writing' | 'running' | 'finishing';

/** What came of an export. */
export interface ExportReport {
  readonly path: string;
  readonly format: string;
  readonly part: ExportPart;
  readonly bytes: number;
  /** What it was compared by; null where Hourglass has nothing that runs the format. */
  readonly stamp: ExportStamp | null;
  readonly notes: readonly string[];
}

/**
 * Writes a trained model, or half of one, in another program's format. The export is written beside its place, run once more
 * and compared with what the app itself gives out, stamped with the largest difference, and only then renamed: at the place
 * there is the old, or the whole new one.
 *
 * @throws ProblemError with all that the format has no words for (`exportProblems`), where the disk refuses, where something is
 *   at the place that may not be replaced, or where the export gives out something else (EXPORT_DIFFERS) @throws Cancelled
 */
export async function exportModel(order: ExportOrder): Promise<ExportReport> {
  const { format, path, replace = false, signal, onStage = () => {} } = order;
  const subject = subjectOf(order);
  const [first, ...others] = exportProblems(format, subject);
  if (first) throw new ProblemError(first, ...others);
  const absent = await format.check?.problem?.();
  if (absent) throw new ProblemError(absent);
  await assertFree(format, path, replace);
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.part`);
  try {
    onStage('writing');
    if (format.extension === null) await mkdir(beside).catch(refusedAt(path));
    await format.write(subject, beside, { signal });
    onStage('running');
    const stamp = await checkExport(format, subject, beside, order);
    onStage('finishing');
    if (stamp) await format.check?.stamp(beside, stamp);
    if (signal?.aborted) throw new Cancelled();
    await putInPlace(beside, path, format.extension === null);
    const bytes = await sizeOnDisk(path);
    return { path, format: format.name, part: subject.part, bytes, stamp, notes: format.notes(subject) };
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** What is exported by an order. @throws ProblemError where the drawing has errors */
export function subjectOf({
  model,
  part,
  name,
}: Pick<ExportOrder, 'model' | 'part' | 'name'>): ExportSubject {
  return { model, part, name, plan: planOfModel(model) };
}

/** Everything that keeps a subject from being exported in a format, wherever it is to lie. */
export function exportProblems(format: ExportFormat, subject: ExportSubject) {
  const { part, plan } = subject;
  const { title, parts } = format;
  if (!parts.includes(part)) return [problem('EXPORT_PART', { title, part, parts })];
  const needsMore = part === 'decoder' ? decodeProblem(plan) : null;
  return needsMore ? [needsMore] : format.problems(subject);
}

async function assertFree(format: ExportFormat, path: string, replace: boolean): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw fileProblem(error, path, 'write');
  });
  if (!found) return;
  if (!replace) throw new ProblemError(problem('EXPORT_EXISTS', { path }));
  if (format.extension === null) {
    const isOwn = found.isDirectory() && (await format.isOwn?.(path));
    if (!isOwn) throw new ProblemError(problem('EXPORT_NOT_OWN', { path, title: format.title }));
  } else if (!found.isFile()) {
    const values = { path, expected: 'a file', got: 'something else' };
    throw new ProblemError(problem('FILE_NOT_REGULAR', values));
  }
}

/** Renames what was written to its place. A folder there before is moved aside first, and back where that fails. */
async function putInPlace(beside: string, path: string, isFolder: boolean): Promise<void> {
  const aside = `${beside}.old`;
  const moved =
    isFolder &&
    (await rename(path, aside).then(
      () => true,
      () => false,
    ));
  try {
    await rename(beside, path);
    await flushFolder(dirname(path));
  } catch (error) {
    if (moved) await rename(aside, path).catch(() => {});
    throw fileProblem(error, path, 'write');
  }
  if (moved) await rm(aside, { recursive: true, force: true });
}

function refusedAt(path: string): (error: unknown) => never {
  return (error) => {
    throw fileProblem(error, path, 'write');
  };
}
