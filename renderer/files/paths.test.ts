import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderOf, isAbsolute, join, nameOf, relativeTo, resolveFrom } from './paths';

describe('paths', () => {
  it('takes a path apart and puts it together', () => {
    expect(folderOf('/home/ada/a.hourglass')).toBe('/home/ada');
    expect(folderOf('/a.hourglass')).toBe('/');
    expect(folderOf('C:\\a.hourglass')).toBe('C:\\');
    expect(nameOf('C:\\drawings\\a.hourglass')).toBe('a.hourglass');
    expect(join('/home/ada', 'a')).toBe('/home/ada/a');
    expect(join('/', 'a')).toBe('/a');
    expect(join('C:\\drawings', 'a')).toBe('C:\\drawings\\a');
  });

  it('knows absolute paths of both kinds', () => {
    expect(['/a', 'C:\\a', 'C:/a', '\\\\host\\a'].map(isAbsolute)).toEqual([true, true, true, true]);
    expect(['a', '../a', './a'].map(isAbsolute)).toEqual([false, false, false]);
  });

  it('writes data paths from the document’s folder', () => {
    expect(relativeTo('/home/ada/drawings', '/home/ada/data/mnist')).toBe('../data/mnist');
    expect(relativeTo('/home/ada', '/home/ada/mnist')).toBe('mnist');
    expect(relativeTo('/home/ada', '/home/ada')).toBe('.');
    expect(relativeTo('C:\\drawings', 'C:\\data\\faces')).toBe('../data/faces');
    expect(relativeTo('C:\\drawings', 'D:\\faces')).toBe('D:\\faces');
  });

  it('reads them back', () => {
    expect(resolveFrom('/home/ada', '../data/./mnist')).toBe('/home/data/mnist');
    expect(resolveFrom('C:\\drawings', '../data')).toBe('C:\\data');
    expect(resolveFrom('/', '../..')).toBe('/');
    expect(resolveFrom('/home/ada', '/data')).toBe('/data');
  });

  it('comes back to the same path from every folder', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 5 })
      .map((steps) => `/${steps.join('/')}`);
    fc.assert(
      fc.property(path, path, (folder, target) => {
        expect(resolveFrom(folder, relativeTo(folder, target))).toBe(target);
      }),
    );
  });
});
