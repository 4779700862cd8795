import type { z } from 'zod';
import { backupCalls } from './backup-contract';
import { codeCalls, codeStreams } from './code-contract';
import type { codeCloud } from './code-schemas';
import { dataCalls, dataStreams } from './data-contract';
import { encodeStreams } from './encode-contract';
import type { datasetSummary, engineReport } from './engine-schemas';
import { exportCalls } from './export-contract';
import { hostCalls, hostStreams } from './host-contract';
import { importCalls } from './import-contract';
import { keptRunCalls } from './kept-run-contract';
import { layerCalls, layerStreams } from './layer-contract';
import { modelCalls } from './model-contract';
import { runCalls, runStreams } from './run-contract';
import type {
  anomalies,
  evaluatedGroupName,
  film,
  runEvent,
  runSummary,
  shownSamples,
  watchedSamples,
} from './run-schemas';
import { shareCalls } from './share-contract';
import { sweepCalls, sweepStreams } from './sweep-contract';

/**
 * Every call and every stream between the window and what is behind it, once, with schemas: each feature's in a file of
 * its own. Types, client, server and run-time checks derive from this one. Handlers do not know which transport carries
 * them.
 *
 * Calls go to one of two places: `host` calls (files, engine status) are answered by the program that opened the
 * window and live on when the engine dies; `engine` calls are forwarded to the engine process.
 */
export const contract = {
  calls: {
    ...backupCalls,
    ...codeCalls,
    ...dataCalls,
    ...exportCalls,
    ...hostCalls,
    ...importCalls,
    ...keptRunCalls,
    ...layerCalls,
    ...modelCalls,
    ...runCalls,
    ...shareCalls,
    ...sweepCalls,
  },
  streams: {
    ...codeStreams,
    ...dataStreams,
    ...encodeStreams,
    ...hostStreams,
    ...layerStreams,
    ...runStreams,
    ...sweepStreams,
  },
} as const;

type Contract = typeof contract;
export type CallName = keyof Contract['calls'];
export type StreamName = keyof Contract['streams'];
export type CallParams<C extends CallName> = z.infer<Contract['calls'][C]['params']>;
export type CallResult<C extends CallName> = z.infer<Contract['calls'][C]['result']>;
export type StreamParams<S extends StreamName> = z.infer<Contract['streams'][S]['params']>;
export type StreamEvent<S extends StreamName> = z.infer<Contract['streams'][S]['event']>;
export type RunEvent = z.infer<typeof runEvent>;
export type EvaluatedGroupName = z.infer<typeof evaluatedGroupName>;
export type Anomalies = z.infer<typeof anomalies>;
export type CodeCloud = z.infer<typeof codeCloud>;
export type RunSummary = z.infer<typeof runSummary>;
export type DatasetSummary = z.infer<typeof datasetSummary>;
export type Film = z.infer<typeof film>;
export type ShownSamples = z.infer<typeof shownSamples>;
export type WatchedSamples = z.infer<typeof watchedSamples>;
export type { GoingOnChanges, InterruptedRun, KeptRun } from './kept-run-schemas';
export type EngineReport = z.infer<typeof engineReport>;
