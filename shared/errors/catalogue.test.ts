import { expect, it } from 'vitest';
import { isProblemCode } from './catalogue';
import { dataSentences } from './data-sentences';
import { drawingSentences } from './drawing-sentences';
import { hostSentences } from './host-sentences';
import { runSentences } from './run-sentences';
import { tableSentences } from './table-sentences';

it('holds every code once', () => {
  // Joined by spreading, of two alike the later would silently win.
  const codes = [drawingSentences, dataSentences, tableSentences, runSentences, hostSentences].flatMap(
    Object.keys,
  );
  expect(codes.filter((code, place) => codes.indexOf(code) !== place)).toEqual([]);
  expect(codes.every(isProblemCode)).toBe(true);
});
