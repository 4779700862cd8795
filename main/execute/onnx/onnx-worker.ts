import { parentPort, workerData } from 'node:worker_threads';
import { type OnnxWorkerData, workOnParts } from './part-work';

// The entry of a thread that works on parts of batches, beside the engine's own.
await workOnParts(workerData as OnnxWorkerData, (message) => parentPort?.postMessage(message));
