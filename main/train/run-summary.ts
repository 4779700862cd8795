import { documentHash } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import type { KeepingNote, RunSummaryFile } from '../../shared/ipc/kept-run-schemas';
import { briefLossSum } from '../../shared/losses/loss-sum';
import type { PcaLine } from './pca-line';
import type { RunEnding, TrainingRun } from './training-run';

export interface SummaryInput {
  readonly run: TrainingRun;
  /** As it was trained. */
  readonly document: GraphDocument;
  readonly ending: RunEnding;
  readonly pca: PcaLine | null;
  readonly note: KeepingNote;
  readonly ended: Date;
}

/** What lists of runs tell of one that has ended: `summary.json` in its folder. */
export function runSummary({ run, document, ending, pca, note, ended }: SummaryInput): RunSummaryFile {
  const { engine, epochs, stepsPerEpoch, parameterCount, scaling } = run.summary();
  const { steps, epochs: done } = run.history();
  const { name, fingerprint, train } = run.dataset;
  const last = done.at(-1);
  const failed = ending.kind === 'failed';
  const validation = failed ? null : ending.validation;
  return {
    format: 'hourglass-run',
    version: 1,
    ended: ended.getTime(),
    ending: ending.kind,
    ...(failed && { problem: ending.problem.message, problemCode: ending.problem.code }),
    document: { name: document.name, hash: documentHash(document) },
    data: { name, fingerprint, trainCount: train.count },
    scaling,
    codeSize: run.codeSize,
    parameterCount,
    engine: { name: engine.name, version: engine.version },
    app: note.app,
    seed: document.training.seed,
    epochs: [done.length, epochs],
    steps,
    stepsPerEpoch,
    seconds: failed ? null : ending.seconds,
    lossName: briefLossSum(document.output),
    loss: { training: last?.trainLoss ?? null, validation: (validation ?? last?.validation)?.loss ?? null },
    mse: {
      validation: (validation ?? last?.validation)?.mse ?? null,
      test: failed ? null : (ending.test?.mse ?? null),
      pcaValidation: pca?.validation.mse ?? null,
      pcaTest: pca?.test?.mse ?? null,
    },
    ...(run.startedFrom && { startedFrom: run.startedFrom }),
    ...(note.sweep && { sweep: note.sweep }),
    identity: note.identity ?? run.runId,
    ...(note.parent && { parent: note.parent }),
  };
}
