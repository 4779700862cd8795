import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';

/**
 * What ONNX Runtime said, as a Problem on the block whose node failed. It names nodes inside its sentences only
 * (`while running Conv node. Name:'conv-1/Conv_3'`, `Node (conv-1/Conv_3) Op (Conv)`).
 *
 * @param program the Program that was run; null where the model was being built.
 */
export function onnxProblem(
  error: unknown,
  layerOfNode: ReadonlyMap<string, string>,
  program: string | null,
): ProblemError {
  const said = error instanceof Error ? error.message : String(error);
  const [detail = said] = said.split('\n', 1);
  // `conv-1/Conv_3` also begins `conv-1/Conv_31`: the longest name that occurs is the one meant.
  const named = [...layerOfNode.keys()].filter((name) => said.includes(name));
  const node = named.reduce((longest, name) => (name.length > longest.length ? name : longest), '');
  const layer = layerOfNode.get(node);
  const where = layer === undefined ? undefined : { nodeId: layer };
  return new ProblemError(
    program === null
      ? problem('ENGINE_REFUSED', { engine: 'ONNX Runtime', detail: detail.trim() }, where)
      : problem('ENGINE_FAILED', { engine: 'ONNX Runtime', program, detail: detail.trim() }, where),
  );
}
