import { type Problem, ProblemError } from '../../../shared/errors/problem';
import type { ExportSubject } from '../format';
import type { Described } from '../python/sample-words';
import type { WeightUse } from './network';
import { traceNetwork } from './trace-network';

/** Everything that keeps a subject from being told in steps. @param title of the format */
export function networkProblems(title: string, subject: ExportSubject): readonly Problem[] {
  try {
    traceNetwork(title, subject);
    return [];
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
