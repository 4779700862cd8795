import { problem } from '../../shared/errors/catalogue';
import { Cancelled, ProblemError } from '../../shared/errors/problem';
import type { Executor } from '../execute/executor';
import { runModel } from '../models/model-runner';
import { checkInputs } from './check-inputs';
import { inFileScale } from './file-scale';
import type { ExportControl, ExportFormat, ExportStamp, ExportSubject } from './format';

/** How far an export may be from the app's own output, for outputs of at most 1; beyond, as a share of the largest. */
const MOST_DIFFERENCE = 1e-5;

/**
 * Runs what was written, and the app's own model, on the same random samples (or codes).
 *
 * @returns null where nothing here runs the format, or the export is too large for what does
 * @throws ProblemError EXPORT_DIFFERS where they differ by more than 1e-5 × max(1, largest output) @throws Cancelled
 */
export async function checkExport(
  format: ExportFormat,
  subject: ExportSubject,
  path: string,
  { executor, signal }: { readonly executor: Executor } & ExportControl,
): Promise<ExportStamp | null> {
  const { check, title } = format;
  if (!check || check.canRun?.(subject) === false) return null;
  const { samples } = check;
  const { batches, forApp } = checkInputs(subject, samples);
  const { by, outputs } = await check.run(path, subject, batches, { signal });
  if (signal?.aborted) throw new Cancelled();
  const expected = await ofApp(subject, forApp, executor);
  if (outputs.length !== expected.length) {
    const detail = `it gave out ${outputs.length} values where ${expected.length} were expected.`;
    throw new ProblemError(problem('EXPORT_UNREADABLE', { by, detail }));
  }
  let [largestDifference, largestOutput] = [0, 0];
  expected.forEach((value, at) => {
    const difference = Math.abs(value - outputs[at]!);
    // What is no number is as far away as can be.
    if (!(difference <= largestDifference))
      largestDifference = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
    largestOutput = Math.max(largestOutput, Math.abs(value));
  });
  const limit = MOST_DIFFERENCE * Math.max(1, largestOutput);
  if (!(largestDifference <= limit)) {
    throw new ProblemError(problem('EXPORT_DIFFERS', { title, by, difference: largestDifference, limit }));
  }
  const { name, version } = executor.describe();
  const engine = name === 'tensorflow' ? 'TensorFlow' : 'ONNX Runtime';
  return { checkedBy: by, comparedWith: `${engine} ${version}`, samples, largestDifference, largestOutput };
}

/** What the app gives out for a subject, in the scale that exports give out. */
async function ofApp(
  { model, part }: ExportSubject,
  inputs: ReturnType<typeof checkInputs>['forApp'],
  executor: Executor,
): Promise<Float32Array> {
  const runner = await runModel(executor, model, { batch: 8 });
  try {
    if (part === 'encoder') return await runner.encode(inputs);
    const made =
      part === 'whole' || inputs instanceof Uint8Array
        ? await runner.reconstruct(inputs)
        : await runner.decode(inputs);
    return inFileScale(made, model.preprocessing);
  } finally {
    await runner.dispose();
  }
}
