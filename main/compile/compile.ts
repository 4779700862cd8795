import type { Plan } from '../../shared/plan/plan';
import type { Program, ProgramSet } from '../ops/program';
import { assertProgram } from './assert-program';
import type { CompileOptions } from './compile-options';
import { evaluationPrograms } from './evaluation-programs';
import { constrainProgram } from './max-norm';
import { optimizerState } from './optimizer-updates';
import { PROGRAMS_OF_STAGE, stageProgram } from './stage-programs';
import { stepProgram } from './step-program';
import { trainableState, weightState } from './weight-state';

/**
 * Compiles an autoencoder to its Programs, every shape static:
 *
 * - `step`: feeds `indices` (int32 [batchSize], rows of the resident data), `learningRate` (float32 []) and, for a
 *   variational code, `beta` (float32 []); output
 *   `loss` [], the mean over samples and values, and where it is a sum its terms: that mean as `reconstruction`, or of a
 *   weighted sum each loss by its type (`ssim`), with its weight, and each charge (`penalty-terms.ts`) by name; updates
 *   every weight after the guard (loss and all gradients);
 * - `step-remainder`: the same for `remainder` indices, only where that is above 0;
 * - `evaluate`: feeds `indices` [evaluationBatch]; outputs `mse` and `loss` of each sample, [evaluationBatch], the
 *   MSE in the data's 0–1 scale, of a weighted sum of losses each with its weight as `terms`, [evaluationBatch, losses], and of a variational code its `divergence` from the standard normal, of each sample and
 *   value, [evaluationBatch, code size];
 * - `evaluate-batch`: the same of the feed `batch` [evaluationBatch, …sample], in the samples' type, and
 *   `reconstructions`, float32, and `seen`, what the encoder is given, where that is not the sample itself; where
 *   a corruption tells, also `covered`, 1 for each value that it changes, else 0;
 * - `reconstruct`: feeds `batch` [reconstructBatch, …sample]; outputs `reconstructions`, float32, and `seen` likewise;
 * - `restore`: as `reconstruct`, but the samples are as they are: only where something corrupts those of the others;
 * - `encode`: feeds `batch` [evaluationBatch, …sample], which no corruption changes; output `code`;
 * - `constrain`: changes weights alone, after each step; only where a layer's weights have a largest norm;
 * - `decode`: feeds `code` [reconstructBatch, …code]; output `reconstructions`; left out where `decodeProblem` finds that
 *   the decoder needs more than the code;
 * - of each stage, those of `PROGRAMS_OF_STAGE` once more (`stage-1/step`).
 */
export function compile(plan: Plan, options: CompileOptions): ProgramSet {
  const weights = trainableState(plan);
  const ofOptimizer = optimizerState(options.optimizer, weights);
  const state = [...weightState(plan), ...ofOptimizer.map(({ name, shape }) => ({ name, shape }))];
  const ofStages = (options.stages ?? []).flatMap((stage, index) =>
    programsOf(stage, options)
      .filter(({ name }) => PROGRAMS_OF_STAGE.has(name))
      .map((program) => ({ ...program, name: stageProgram(index + 1, program.name) })),
  );
  const programs = [...programsOf(plan, options), ...ofStages];
  for (const program of programs) {
    for (const each of [program, ...(program.parts ?? [])]) assertProgram(each, state);
  }
  return { state, programs };
}

/** The Programs of a plan, without those of stages. */
function programsOf(plan: Plan, options: CompileOptions): Program[] {
  const weights = trainableState(plan);
  const constrain = constrainProgram(plan);
  return [
    stepProgram('step', options.batchSize, plan, weights, options),
    ...(options.remainder > 0
      ? [stepProgram('step-remainder', options.remainder, plan, weights, options)]
      : []),
    ...evaluationPrograms(plan, options),
    ...(constrain ? [constrain] : []),
  ];
}
