import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { ProblemError } from '../../shared/errors/problem';
import { exportPath } from './export-path';

it('takes absolute paths of NPY and CSV files alone', () => {
  const good = resolve('/somewhere/codes.NPY');
  expect(exportPath(good)).toBe(good);
  expect(exportPath(resolve('/somewhere/../codes.csv'))).toBe(resolve('/codes.csv'));
  for (const bad of [
    'codes.npy',
    resolve('/a/codes.txt'),
    resolve('/etc/passwd'),
    `${resolve('/a/x')}\0.npy`,
  ]) {
    let code = '';
    try {
      exportPath(bad);
    } catch (error) {
      if (error instanceof ProblemError) code = error.problems[0].code;
    }
    expect(code, bad).toBe('EXPORT_NAME');
  }
});
