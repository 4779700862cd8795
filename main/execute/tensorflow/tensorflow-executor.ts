import type { Executor } from '../executor';
import { loadBinding } from './load-binding';
import { openTensorFlowSession } from './tensorflow-session';

/**
 * The executor on TensorFlow: a ProgramSet becomes one SavedModel in one session, and a run of a Program one
 * native call. The threads are set once a process, from the environment (`setBindingEnvironment`):
 * `LoadOptions.threads` has no effect here.
 *
 * @throws Error where the native runtime is absent (see `acquireTensorFlow`).
 */
export async function createTensorFlowExecutor(): Promise<Executor> {
  const { binding, threads } = loadBinding();
  return {
    describe: () => ({ name: 'tensorflow', version: binding.TF_Version, device: 'cpu', threads }),
    parts: threads,
    partsApart: false,
    load: (set, state, options = {}) => openTensorFlowSession(binding, set, state, options),
  };
}
