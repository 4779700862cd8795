import { validateDocument } from '../../shared/document/validate';
import { ProblemError } from '../../shared/errors/problem';
import type { Plan } from '../../shared/plan/plan';
import { planDocument } from '../../shared/plan/plan-document';
import type { TrainedModel } from './trained-model';

/** The plan of a model's drawing. @throws ProblemError where the drawing has errors */
export function planOfModel({ document }: Pick<TrainedModel, 'document'>): Plan {
  const { plan } = planDocument(document);
  if (plan) return plan;
  const [first, ...others] = validateDocument(document).filter(({ severity }) => severity === 'error');
  if (first) throw new ProblemError(first, ...others);
  throw new Error('A drawing without errors has no plan.');
}
