import { version } from '../../package.json';
import { documentText } from '../../shared/document/document-text';
import type { Handlers } from '../../shared/ipc/handlers';
import { importModel } from '../import/import-model';
import { plainModel } from '../models/model-shelf';
import { aboutOf, type ModelHandlersContext } from './model-handlers';

/** Answers `model.import`. No run may go on beside it, as the model is compared in its engine. */
export function addImportHandlers(
  handlers: Handlers,
  { models, alone, openExecutor }: Pick<ModelHandlersContext, 'models' | 'alone' | 'openExecutor'>,
): void {
  handlers.onCall('model.import', ({ path }) =>
    alone(async () => {
      const { model, madeBy, notes, check } = await importModel(path, await openExecutor());
      const kept = plainModel(model, version);
      const about = aboutOf(models.put(kept), kept);
      return { text: documentText(model.document), about, madeBy, notes: [...notes], check };
    }),
  );
}
