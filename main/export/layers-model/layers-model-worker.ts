import { parentPort, workerData } from 'node:worker_threads';
import { type LayersModelJob, performLayersModelJob } from './layers-model-job';

const job: LayersModelJob = workerData;
parentPort?.postMessage(await performLayersModelJob(job));
