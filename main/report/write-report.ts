import { version } from '../../package.json';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { ProblemError } from '../../shared/errors/problem';
import { isThere } from '../data/is-there';
import { writeWhole } from '../models/atomic-file';
import { reportPage } from './report-page';
import { readReportedRun } from './reported-run';

export interface ReportOrder {
  /** Absolute: the folder of a run that has ended. */
  readonly folder: string;
  /** Absolute: the file. */
  readonly path: string;
  /** Whether the run's pictures go along, which show the user's data. */
  readonly pictures: boolean;
  /** Whether a file that lies there may be replaced. */
  readonly replace: boolean;
}

/** Writes a run's report, whole or not at all. @returns its bytes @throws ProblemError where it can't be read or written */
export async function writeReport({ folder, path, pictures, replace }: ReportOrder): Promise<number> {
  const page = Buffer.from(reportPage(await readReportedRun(folder, pictures), version));
  if (!replace && (await isThere(path))) throw new ProblemError(problem('EXPORT_EXISTS', { path }));
  try {
    await writeWhole(path, page);
  } catch (error) {
    throw fileProblem(error, path, 'write');
  }
  return page.length;
}
