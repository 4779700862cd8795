import type { CallParams, CallResult } from '../../shared/ipc/contract';
import type { Handlers } from '../../shared/ipc/handlers';
import type { Executor } from '../execute/executor';
import { exportFormatOf, exportFormats } from '../export/catalogue';
import { exportModel, exportProblems, subjectOf } from '../export/export-model';
import { exportName } from '../export/export-name';
import { openModel } from '../models/open-model';
import { abortSignalOf } from './abort-signal';
import { plainProblem } from './plain-problem';

/** Answers what is asked of taking models elsewhere. @param engine the one that exports are compared with */
export function addExportHandlers(handlers: Handlers, engine: () => Promise<Executor>): void {
  handlers
    .onCall('model.exportOffers', ({ model, name }) => offersFor(model, name))
    .onCall('model.export', async ({ model: place, format, ...order }, { signal }) => {
      const model = await openModel(place);
      const executor = await engine();
      const wanted = { ...order, model, executor, format: exportFormatOf(format) };
      const { notes, ...report } = await exportModel({ ...wanted, signal: abortSignalOf(signal) });
      return { ...report, notes: [...notes] };
    });
}

async function offersFor(
  place: CallParams<'model.exportOffers'>['model'],
  name: string,
): Promise<CallResult<'model.exportOffers'>> {
  const model = await openModel(place);
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
