import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import type { GraphWriter } from './saved-model/graph-writer';

/** TensorFlow names the node it failed at as `{{node step/conv-1/Conv2D}}`. */
const NODE_NAME = /\{\{node ([^}]+)\}\}/;

/**
 * What TensorFlow said, as a Problem on the block whose node failed.
 * @param program the Program that was run; null where the model was being built.
 */
export function tensorflowProblem(error: unknown, graph: GraphWriter, program: string | null): ProblemError {
  const said = error instanceof Error ? error.message : String(error);
  const node = NODE_NAME.exec(said)?.[1];
  const layer = node === undefined ? null : graph.layerOf(node);
  const detail = said
    .replace(/^(Session fail to run with error|Failed to load SavedModel): /, '')
    .split('\n', 1)
    .join('')
    .trim();
  const where = layer === null ? undefined : { nodeId: layer };
  return new ProblemError(
    program === null
      ? problem('ENGINE_REFUSED', { engine: 'TensorFlow', detail }, where)
      : problem('ENGINE_FAILED', { engine: 'TensorFlow', program, detail }, where),
  );
}
