import { threadCount, wantedThreads } from '../../thread-count';

/** Up to so many cores, every one has a part of a usual batch (128) of its own. */
const CORES_WITH_PARTS = 4;

/** Sets what TensorFlow reads from the environment while its library is loaded, unless it is set already. */
export function setBindingEnvironment(): void {
  const { env } = process;
  env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  // TensorFlow uses oneDNN's kernels by itself only where the processor has AVX-512 VNNI; without it too, training
  // a convolutional model was 12% faster with them (AVX2, two cores).
  env.TF_ENABLE_ONEDNN_OPTS ??= '1';
  // As many operations at once as there are cores, each on one thread: with a batch divided among them, that trained
  // 33% (dense) and 25% (convolutional) faster on two cores than every thread at one operation at a time. With more
  // cores than parts, operations share their work out as well.
  const threads = threadCount(env);
  env.TF_NUM_INTEROP_THREADS ??= String(threads);
  if (threads <= CORES_WITH_PARTS) env.TF_NUM_INTRAOP_THREADS ??= '1';
  // Else TensorFlow would share work out among all cores.
  else if (wantedThreads(env) !== null) env.TF_NUM_INTRAOP_THREADS ??= String(threads);
}
