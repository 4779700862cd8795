import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const renderer = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' });
const textOf = (file: string) => readFileSync(`${renderer}/${file}`, 'utf8');
/** Every line of these files, with where it stands. */
const linesOf = (ending: string) =>
  files
    .filter((file) => file.endsWith(ending) && !file.includes('.test.'))
    .flatMap((file) =>
      textOf(file)
        .split('\n')
        .map((text, index) => ({ text: text.trim(), at: `${file}:${index + 1}` })),
    );

const sizesOf = (name: string) =>
  [...textOf('app/window.css').matchAll(new RegExp(`--hg-${name}-[a-z0-9]+: (\\d+)px;`, 'g'))].map(
    ([, size]) => Number(size),
  );

describe('the scales of type and of space', () => {
  it('are six sizes of type and seven of space', () => {
    expect(sizesOf('type')).toHaveLength(6);
    expect(sizesOf('space')).toHaveLength(7);
  });

  it('are all there is in the style sheets: no pixels of their own but a hairline', () => {
    const lines = linesOf('.css');
    expect(lines.length).toBeGreaterThan(3_000);
    const foreign = lines.filter(
      ({ text }) =>
        /^(font|font-size|(grid-)?((row|column)-)?gap|(padding|margin)(-[a-z-]+)?):/.test(text) &&
        /\d(\.\d+)?(px|em|rem|pt)\b/.test(text.replace(/(?<![\d.])1px/g, '').replace(/var\([^)]*\)/g, '')),
    );
    expect(foreign.map(({ at, text }) => `${at}: ${text}`)).toEqual([]);
  });

  it('are what components give their parts', () => {
    const spaces = sizesOf('space');
    const foreign = linesOf('.tsx').flatMap(({ text, at }) =>
      [...text.matchAll(/\s(?:gap|p|px|py|pt|pb|pl|pr|m|mx|my|mt|mb|ml|mr)=\{(\d+)\}/g)]
        .filter(([, size]) => !spaces.includes(Number(size)))
        .map(([prop]) => `${at}:${prop}`),
    );
    expect(foreign).toEqual([]);
  });
});
