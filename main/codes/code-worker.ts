import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { type CodeJob, performCodeJob } from './code-job';

// On Linux this is the priority of this thread alone; elsewhere it would be the whole engine's.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_LOW);

const job: CodeJob = workerData;
performCodeJob(job, (message) => parentPort?.postMessage(message));
