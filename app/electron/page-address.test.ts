import { describe, expect, it } from 'vitest';
import { isPage, PAGE, pathInWindow } from './page-address';

describe('isPage', () => {
  it('knows the page', () => {
    expect(isPage(PAGE)).toBe(true);
  });

  it.each([
    'app://hourglass/other.html',
    'app://hourglass/?to=elsewhere',
    'app://hourglass.evil.com/',
    'app://evil.com/app://hourglass/',
    'app://user@hourglass/',
    'app://hourglass:1/',
    'https://hourglass/',
    'file:///app://hourglass/',
    'javascript:alert(1)//app://hourglass/',
    'about:blank',
    'no address',
    '',
  ])('is not taken in by %j', (address) => {
    expect(isPage(address)).toBe(false);
  });
});

describe('pathInWindow', () => {
  it('takes addresses of this app only', () => {
    expect(pathInWindow('app://hourglass/assets/main.js')).toBe('/assets/main.js');
    expect(pathInWindow('app://other/assets/main.js')).toBeNull();
    expect(pathInWindow('http://hourglass/assets/main.js')).toBeNull();
    expect(pathInWindow('app://me@hourglass/')).toBeNull();
  });
});
