import { join } from 'node:path';
import { expect, it } from 'vitest';
import { KeptRuns } from '../files/kept-runs';
import { withModelFolder } from './model-folder';

it('says where a kept run lies that a run begins with, and lets nothing through that leads anywhere else', () => {
  const runs = new KeptRuns({ parent: '/data' });
  const asked = (run: string) =>
    withModelFolder({ weights: { model: { from: { run }, part: 'encoder' as const } } }, runs);
  expect(asked('small-2026').weights.model.from).toEqual({ path: join('/data', 'runs', 'small-2026') });
  expect(() => asked('../small')).toThrow();
  const path = { weights: { model: { from: { path: '/elsewhere' }, part: 'whole' as const } } };
  expect(withModelFolder(path, runs)).toBe(path);
  expect(withModelFolder({}, runs)).toEqual({});
});
