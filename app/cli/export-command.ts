import { basename, join, resolve } from 'node:path';
import { openEngine } from '../../main/execute/engines';
import type { EngineName } from '../../main/execute/executor';
import { exportFormatOf } from '../../main/export/catalogue';
import { type ExportReport, exportModel } from '../../main/export/export-model';
import { exportName } from '../../main/export/export-name';
import { openModel } from '../../main/models/open-model';
import { Cancelled } from '../../shared/errors/problem';
import { megabytes } from '../../shared/errors/sentence';
import type { ExportPart } from '../../shared/export/export-part';
import type { CliIo } from './cli-io';
import { EXIT } from './exit-code';

export interface ExportArguments {
  /** A run's folder, or a model file. */
  readonly model: string;
  readonly to: string;
  readonly part?: ExportPart;
  readonly out?: string;
  readonly replace?: boolean;
  readonly engine?: EngineName;
  readonly json?: boolean;
}

/** `hourglass export MODEL --to FORMAT`: writes it for another program, runs it once more, and tells how far off it is. */
export async function exportCommand(args: ExportArguments, io: CliIo): Promise<number> {
  const interruption = new AbortController();
  const stopListening = io.onInterrupt(() => interruption.abort(new Cancelled()));
  try {
    const { part = 'whole' } = args;
    const format = exportFormatOf(args.to);
    const place = resolve(io.workingFolder, args.model);
    const model = await openModel(place);
    const executor = await openEngine(args.engine);
    const name = basename(place).replace(/\.[^.]+$/, '');
    const path = args.out
      ? resolve(io.workingFolder, args.out)
      : join(io.workingFolder, exportName(name, format, part));
    const { signal } = interruption;
    const report = await exportModel({
      ...{ model, format, part, name, path, executor, signal },
      replace: args.replace ?? false,
    });
    io.out(
      args.json ? `${JSON.stringify({ event: 'exported', ...report })}\n` : textOf(report, format.title),
    );
    return EXIT.ok;
  } finally {
    stopListening();
  }
}

function textOf({ path, bytes, stamp, notes }: ExportReport, title: string): string {
  const checked = stamp
    ? `Run once more by ${stamp.checkedBy} on ${stamp.samples} samples: at most ${short(stamp.largestDifference)} away from ${stamp.comparedWith}, the largest output being ${short(stamp.largestOutput)}.`
    : 'Nothing here runs this format, so it was not run.';
  return [`${title}, ${megabytes(bytes)}: ${path}`, checked, ...notes, ''].join('\n');
}

const short = (value: number) => String(Number(value.toPrecision(2)));
