import { type Problem, ProblemError } from '../../../shared/errors/problem';
import type { ExportSubject } from '../format';
import type { Described } from '../python/sample-words';
import type { Network, WeightUse } from './network';
import { traceNetwork } from './trace-network';

/** What is exported, as steps. @throws ProblemError as `traceNetwork` does */
export function networkOf({ plan, part, model }: ExportSubject): Network {
  return traceNetwork(plan, part, model.preprocessing);
}

/** Everything that keeps a subject from being told in steps, and what `more` finds in these. */
export function networkProblems(
  subject: ExportSubject,
  more: (network: Network) => readonly Problem[] = () => [],
): readonly Problem[] {
  try {
    return more(networkOf(subject));
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
}

/** The numbers of its weights. */
export function numbersOf({ model }: ExportSubject): (use: Pick<WeightUse, 'name'>) => Float32Array {
  return ({ name }) => {
    const tensor = model.weights.get(name);
    if (tensor?.data instanceof Float32Array) return tensor.data;
    throw new Error(`The model has no weights ${name}.`);
  };
}

/** What the head of a program says of it. */
export function describedSubject({ model, part, plan }: ExportSubject): Described {
  const { document, preprocessing } = model;
  return { document, preprocessing, part, sampleShape: plan.outputShape, codeShape: plan.codeShape };
}
