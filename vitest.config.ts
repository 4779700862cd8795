import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,main,app,renderer,bench}/**/*.test.{ts,tsx}'],
    // Native add-ons (TensorFlow, ONNX Runtime, sharp) need processes, not worker threads.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
