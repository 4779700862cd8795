import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { CallParams } from '../../shared/ipc/contract';
import type { Handlers } from '../../shared/ipc/handlers';
import { assertRests } from '../models/model-of-run';
import { reportOfModel } from '../report/report-of-model';
import { writeReport } from '../report/write-report';
import type { ModelHandlersContext } from './model-handlers';
import type { RunKeeping } from './run-keeping';

type Held = NonNullable<ReturnType<ModelHandlersContext['held']>> & { readonly keeping?: RunKeeping };

/** Answers `model.report`. @param held the run of an id. @throws ProblemError where another is held */
export function addReportHandlers(handlers: Handlers, held: (runId: string) => Held): void {
  handlers.onCall('model.report', async ({ model, ...order }) => {
    if ('folder' in model) return { bytes: await writeReport(order, { folder: model.folder }) };
    return { bytes: await reportOfHeld(model, order, held) };
  });
}

async function reportOfHeld(
  model: Exclude<CallParams<'model.report'>['model'], { folder: string }>,
  order: Omit<CallParams<'model.report'>, 'model'>,
  held: (runId: string) => Held,
): Promise<number> {
  // What an opened model comes to is known by the run that stands for it.
  if (!('held' in model)) throw new ProblemError(problem('RUN_NOT_MEASURED', undefined));
  const known = held(model.held);
  assertRests(known.run);
  if (known.run.summary().state === 'paused') throw new ProblemError(problem('RUN_NOT_MEASURED', undefined));
  if (known.model)
    return writeReport(order, { told: await reportOfModel(known, known.model, order.pictures) });
  const folder = await known.keeping?.written;
  if (!folder) throw new ProblemError(problem('RUN_NOT_MEASURED', undefined));
  return writeReport(order, { folder });
}
