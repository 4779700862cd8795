import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { type GraphDef, SavedModelSchema } from './saved-model_pb';

/** The tag that the graph is stored under, the usual one for running. */
export const SERVE_TAG = 'serve';

/**
 * Writes the graph as a SavedModel into a temporary folder, hands the folder to `use` and removes it again.
 * There is no `variables` folder: variables get their contents in the session.
 */
export async function withSavedModel<T>(graph: GraphDef, use: (folder: string) => T): Promise<T> {
  const model = create(SavedModelSchema, {
    savedModelSchemaVersion: 1n,
    metaGraphs: [{ metaInfoDef: { tags: [SERVE_TAG] }, graphDef: graph }],
  });
  const folder = await mkdtemp(join(tmpdir(), 'hourglass-model-'));
  try {
    await writeFile(join(folder, 'saved_model.pb'), toBinary(SavedModelSchema, model));
    return use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
