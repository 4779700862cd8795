import { version } from '../../package.json';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { ProblemError } from '../../shared/errors/problem';
import { isThere } from '../data/is-there';
import { writeWhole } from '../models/atomic-file';
import { reportPage } from './report-page';
import { type ReportedRun, readReportedRun } from './reported-run';

export interface ReportOrder {
  /** Absolute: the file. */
  readonly path: string;
  /** Whether the run's pictures go along, which show the user's data. */
  readonly pictures: boolean;
  /** Whether a file that lies there may be replaced. */
  readonly replace: boolean;
}

/** What is reported: the run whose folder this is (absolute), once it has ended; or what is known already. */
type Reported = { readonly folder: string } | { readonly told: ReportedRun };

/** Writes a run's report, whole or not at all. @returns its bytes @throws ProblemError where it can't be read or written */
export async function writeReport(
  { path, pictures, replace }: ReportOrder,
  reported: Reported,
): Promise<number> {
  const run = 'told' in reported ? reported.told : await readReportedRun(reported.folder, pictures);
  const page = Buffer.from(reportPage(run, version));
  if (!replace && (await isThere(path))) throw new ProblemError(problem('EXPORT_EXISTS', { path }));
  try {
    await writeWhole(path, page);
  } catch (error) {
    throw fileProblem(error, path, 'write');
  }
  return page.length;
}
