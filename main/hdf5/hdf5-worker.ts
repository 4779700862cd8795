import { parentPort, workerData } from 'node:worker_threads';
import type { Hdf5Limits } from './hdf5-content';
import { walkHdf5 } from './walk-hdf5';

const { bytes, limits }: { bytes: Uint8Array; limits: Hdf5Limits } = workerData;
parentPort?.postMessage(await walkHdf5(bytes, limits));
