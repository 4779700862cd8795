import { expect, it } from 'vitest';
import { augmentationSentences } from './augmentation-sentences';
import { isProblemCode } from './catalogue';
import { dataSentences } from './data-sentences';
import { drawingSentences } from './drawing-sentences';
import { hostSentences } from './host-sentences';
import { runSentences } from './run-sentences';
import { sharingSentences } from './sharing-sentences';
import { tableSentences } from './table-sentences';

it('holds every code once', () => {
  // Joined by spreading, of two alike the later would silently win.
  const codes = [
    drawingSentences,
    augmentationSentences,
    dataSentences,
    tableSentences,
    runSentences,
    hostSentences,
    sharingSentences,
  ].flatMap(Object.keys);
  expect(codes.filter((code, place) => codes.indexOf(code) !== place)).toEqual([]);
  expect(codes.every(isProblemCode)).toBe(true);
});
