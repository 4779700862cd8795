import { resolve } from 'node:path';
import { writeReport } from '../../main/report/write-report';
import { megabytes } from '../../shared/errors/sentence';
import type { CliIo } from './cli-io';
import { EXIT } from './exit-code';

export interface ReportArguments {
  readonly folder: string;
  readonly out: string;
  readonly pictures?: boolean;
  readonly replace?: boolean;
}

/** `hourglass report FOLDER --out report.html`: one page that tells all of a run. @throws ProblemError */
export async function report(args: ReportArguments, io: CliIo): Promise<number> {
  const { pictures = false, replace = false } = args;
  const path = resolve(io.workingFolder, args.out);
  const folder = resolve(io.workingFolder, args.folder);
  const bytes = await writeReport({ path, pictures, replace }, { folder });
  io.out(`Report, ${megabytes(bytes)}: ${path}\n`);
  return EXIT.ok;
}
