import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isSameFile, launchFiles, launchLinks } from './launch-files';

it('finds the drawings on a command line, from the folder in which it was given', () => {
  const args = [
    '/opt/hourglass',
    '--no-sandbox',
    'dist/electron-9',
    'a.hourglass',
    '/data/B.HOURGLASS',
    './a.hourglass',
  ];
  expect(launchFiles(args, '/home/ada')).toEqual(['/home/ada/a.hourglass', '/data/B.HOURGLASS']);
});

it('takes no switch and no other file for a drawing', () => {
  expect(launchFiles(['--open=x.hourglass', 'x.png', '.', ''], '/')).toEqual([]);
});

it('tells links from files and switches', () => {
  const args = [
    '/opt/hourglass',
    '--',
    'hourglass:g=1.abc',
    'Hourglass://x.hourglass',
    'hourglass',
    '--x=hourglass:g=1',
  ];
  expect(launchLinks(args)).toEqual(['hourglass:g=1.abc', 'Hourglass://x.hourglass']);
  expect(launchFiles(args, '/')).toEqual([]);
  expect(launchLinks([`hourglass:${'a'.repeat(40_000)}`])).toEqual([]);
});

it('reads the addresses that Linux desktops hand over', () => {
  const args = ['file:///data/my%20digits.hourglass', 'file://elsewhere/x.hourglass'];
  const named = launchFiles(args, '/home/ada');
  expect(named[0]).toBe('/data/my digits.hourglass');
  // Of another machine.
  expect(named.filter((path) => path.includes('elsewhere'))).toEqual([]);
});

it('knows a file by its links', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-launch-'));
  try {
    const [file, link, other] = ['a', 'b', 'c'].map((name) => join(folder, `${name}.hourglass`));
    writeFileSync(file!, '');
    writeFileSync(other!, '');
    symlinkSync(file!, link!);
    expect(isSameFile(file!, link!)).toBe(true);
    expect(isSameFile(file!, other!)).toBe(false);
    expect(isSameFile(join(folder, 'missing'), join(folder, 'missing'))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
