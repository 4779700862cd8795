import { parentPort } from 'node:worker_threads';
import type { Hdf5Limits } from '../../main/hdf5/hdf5-content';
import { walkHdf5 } from '../../main/hdf5/walk-hdf5';

// A thread that reads one HDF5 file after the other, so that the library is compiled once and not for each.
await (await import('h5wasm')).default.ready;
parentPort?.postMessage('ready');
parentPort?.on('message', async ({ bytes, limits }: { bytes: Uint8Array; limits: Hdf5Limits }) => {
  parentPort?.postMessage(await walkHdf5(bytes, limits));
});
