/** Sets what TensorFlow reads from the environment while its library is loaded, unless it is set already. */
export function setBindingEnvironment(): void {
  const { env } = process;
  env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  // TensorFlow uses oneDNN's kernels by itself only where the processor has AVX-512 VNNI; without it too, training
  // a convolutional model was 12% faster with them (AVX2, two cores).
  env.TF_ENABLE_ONEDNN_OPTS ??= '1';
}
