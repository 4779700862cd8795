export const ENGINE_NAMES = { tensorflow: 'TensorFlow', onnx: 'ONNX Runtime' } as const;
