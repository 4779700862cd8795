import { InferenceSession } from 'onnxruntime-node';

/** A session of ONNX Runtime, in the way that all of Hourglass's are opened. @param model its bytes, or the path of its file */
export function openNativeSession(model: Uint8Array | string, threads: number): Promise<InferenceSession> {
  const options: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // What fails is thrown as well; stderr is the user's terminal.
    logSeverityLevel: 4,
    // Vanishing weights and moments become denormal numbers, which slow a processor many times over.
    // Idle threads would otherwise spin on, and take the processor from the update between two runs and from the
    // other programs' threads: 50 µs made a dense step 19% faster, a convolutional one 6% (two cores).
    extra: { session: { set_denormal_as_zero: '1', intra_op: { spin_duration_us: '50' } } },
  };
  return typeof model === 'string'
    ? InferenceSession.create(model, options)
    : InferenceSession.create(model, options);
}
