import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { type CodeJob, performCodeJob } from './code-job';

const job: CodeJob = workerData;
// A layout takes seconds. On Linux this is the priority of this thread alone; elsewhere it would be the whole engine's.
if (job.kind === 'embed' && process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_LOW);
performCodeJob(job, (message) => parentPort?.postMessage(message));
