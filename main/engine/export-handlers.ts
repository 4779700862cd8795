import type { CallResult } from '../../shared/ipc/contract';
import type { Handlers } from '../../shared/ipc/handlers';
import type { Executor } from '../execute/executor';
import { exportFormatOf, exportFormats } from '../export/catalogue';
import { exportModel, exportProblems, subjectOf } from '../export/export-model';
import { exportName } from '../export/export-name';
import type { TrainedModel } from '../models/trained-model';
import { abortSignalOf } from './abort-signal';
import type { ModelAt } from './model-at';
import { plainProblem } from './plain-problem';

interface ExportContext {
  readonly modelAt: ModelAt;
  /** The one that exports are compared with. */
  engine(): Promise<Executor>;
}

/** Answers what is asked of taking models elsewhere. */
export function addExportHandlers(handlers: Handlers, { modelAt, engine }: ExportContext): void {
  handlers
    .onCall('model.exportOffers', async ({ model, name }) => offersFor(await modelAt(model), name))
    .onCall('model.export', async ({ model: place, format, ...order }, { signal }) => {
      const model = await modelAt(place);
      const executor = await engine();
      const wanted = { ...order, model, executor, format: exportFormatOf(format) };
      const { notes, ...report } = await exportModel({ ...wanted, signal: abortSignalOf(signal) });
      return { ...report, notes: [...notes] };
    });
}

async function offersFor(model: TrainedModel, name: string): Promise<CallResult<'model.exportOffers'>> {
  const offers = exportFormats.map(async (format) => {
    const { title, about, extension, parts, check } = format;
    const absent = (await check?.problem?.()) ?? null;
    return {
      ...{ name: format.name, title, about, extension },
      absent: absent && plainProblem(absent),
      isChecked: check !== null,
      parts: parts.map((part) => ({
        part,
        fileName: exportName(name, format, part),
        problems: exportProblems(format, subjectOf({ model, part, name })).map(plainProblem),
      })),
    };
  });
  return { offers: await Promise.all(offers) };
}
