import { expect, it } from 'vitest';
import { measuredSpeeds, speedSentence } from './measured-speed';

it('has a figure for each model of docs/benchmarks.md', () => {
  expect(measuredSpeeds().map(({ model }) => model)).toEqual(['dense', 'conv']);
  for (const { times } of measuredSpeeds()) expect(times).toBeGreaterThan(0);
});

it('says what was measured, and nothing where that is no gain', () => {
  const of = (...times: number[]) => speedSentence(times.map((time) => ({ model: 'm', times: time })));
  expect(of(1.27, 1.83)).toContain('It trains 1.3 to 1.8 times as fast as ONNX Runtime');
  expect(of(1.27, 1.3)).toContain('about 1.3 times');
  expect(of(0.98, 1.4)).toBe('');
  expect(of()).toBe('');
});

it('reads the table that the bench writes', () => {
  const page =
    '### dense\n\n| a | b | c |\n| hourglass onnx, no streaming | 9 | 9.00× |\n| hourglass onnx | 1,2 | 1.27× | 1 |\n';
  expect(measuredSpeeds(page)).toEqual([{ model: 'dense', times: 1.27 }]);
});
