import { problem } from '../../shared/errors/catalogue';
import { type Problem, ProblemError } from '../../shared/errors/problem';
import type { Plan } from '../../shared/plan/plan';
import { formatShape, sameShape } from '../../shared/tensors/shape';
import { weightState } from '../compile/weight-state';
import type { Tensor } from '../execute/executor';

/** Problems told at a time: weights of quite another drawing would fill the screen. */
const TOLD = 20;

/** Everything that keeps weights from being those of a plan, tensor by tensor: missing, of another shape, surplus, not finite. */
export function weightProblems(plan: Plan, weights: ReadonlyMap<string, Tensor>): Problem[] {
  const needed = weightState(plan);
  const known = new Set(needed.map(({ name }) => name));
  const ofNeeded = needed.flatMap(({ name: tensor, shape }) => {
    const where = { nodeId: tensor.slice(0, tensor.lastIndexOf('/')) };
    const got = weights.get(tensor);
    if (!got) return [problem('MODEL_TENSOR_MISSING', { tensor, shape: said(shape) }, where)];
    if (got.dtype !== 'float32' || !sameShape(got.shape, shape)) {
      const type = got.dtype === 'float32' ? '' : ` of type ${got.dtype}`;
      const values = { tensor, expected: said(shape), got: `${said(got.shape)}${type}` };
      return [problem('MODEL_TENSOR_SHAPE', values, where)];
    }
    let wrong = 0;
    for (let at = 0; at < got.data.length; at++) if (!Number.isFinite(got.data[at])) wrong += 1;
    const values = { tensor, values: wrong, total: got.data.length };
    return wrong > 0 ? [problem('MODEL_TENSOR_NOT_FINITE', values, where)] : [];
  });
  const surplus = [...weights.keys()].filter((name) => !known.has(name));
  return [...ofNeeded, ...surplus.map((tensor) => problem('MODEL_TENSOR_SURPLUS', { tensor }))];
}

/** @throws ProblemError with the first twenty of them */
export function assertWeights(plan: Plan, weights: ReadonlyMap<string, Tensor>): void {
  const [first, ...others] = weightProblems(plan, weights);
  if (first) throw new ProblemError(first, ...others.slice(0, TOLD - 1));
}

function said(shape: readonly number[]): string {
  return shape.length === 0 ? 'a single number' : formatShape(shape);
}
