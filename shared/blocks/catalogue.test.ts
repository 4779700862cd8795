import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { blockOf, blocks } from './catalogue';

describe('the catalogue of blocks', () => {
  it('has every type once', () => {
    expect(new Set(blocks.map(({ type }) => type)).size).toBe(blocks.length);
  });
  it('does not know other types, whatever their name', () => {
    expect(blockOf('constructor')).toBeUndefined();
    expect(blockOf('lstm')).toBeUndefined();
  });
  it.each(blocks.map(({ type }) => type))('%s has a test of its own', (type) => {
    expect(existsSync(fileURLToPath(new URL(`./${type}.test.ts`, import.meta.url)))).toBe(true);
  });
  it('names a mirror exactly where there is one, and lets blocks without one take any shape', () => {
    for (const { type, mirror, mirrorLabel, brief, accepts, role } of blocks) {
      expect(mirrorLabel === null, type).toBe(mirror === null);
      if (brief) expect(brief.mirrorLabel === null, type).toBe(mirror === null);
      // A flattening before it would have no reverse in the decoder.
      if (mirror === null) expect([accepts === 'vector', role], type).toEqual([false, 'layer']);
    }
  });
  it('lets every block with weights be frozen', () => {
    for (const { type, params, encoder, outputShape, accepts } of blocks) {
      const inputShape = { any: [16, 16, 3], picture: [16, 16, 3], series: [16, 3], vector: [16] }[accepts];
      const values = Object.fromEntries(Object.entries(params).map(([name, entry]) => [name, entry.default]));
      const layer = { params: values, inputShape, outputShape: outputShape(values, inputShape) };
      expect('frozen' in params, type).toBe(encoder.weights(layer).length > 0);
    }
  });
  it('keeps parameter names that JavaScript objects have anyway out of blocks', () => {
    for (const { params } of blocks) {
      for (const name of Object.keys(params)) expect(name in {}).toBe(false);
    }
  });
});
