import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest: minutes, or tens of seconds. */
const LONGEST = [
  'main/ops/catalogue.test.ts',
  'main/engine/going-on.test.ts',
  'main/train/checkpoint.test.ts',
];

/** Begins with the longest, so that none of them goes on alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONGEST.some((name) => moduleId.endsWith(name));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** What only computes: TypeScript without Node, without native code. Its files share processes, and what they have loaded. */
const PURE = ['{shared,renderer}/**/*.test.{ts,tsx}'];

export default defineConfig({
  test: {
    // Native add-ons (TensorFlow, ONNX Runtime, sharp) need processes, not worker threads.
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'engine', include: ['{main,app,bench}/**/*.test.{ts,tsx}'] } },
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
    ],
  },
});
