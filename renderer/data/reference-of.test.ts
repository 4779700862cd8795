import { describe, expect, it } from 'vitest';
import { dataKindOf } from './reference-of';

const file = (name: string) => ({ name, kind: 'file' as const });
const folder = (name: string) => ({ name, kind: 'folder' as const });

describe('dataKindOf', () => {
  it('knows files by their names', () => {
    expect(dataKindOf('faces.npy', null)).toBe('npy');
    expect(dataKindOf('train-images-idx3-ubyte', null)).toBe('idx');
    expect(dataKindOf('train-images.idx3-ubyte', null)).toBe('idx');
    expect(dataKindOf('t10k-images-idx3-ubyte.gz', null)).toBe('idx');
    expect(dataKindOf('notes.txt', null)).toBeNull();
    expect(dataKindOf('idxes.csv', null)).toBeNull();
  });

  it('knows a folder by what lies in it', () => {
    expect(dataKindOf('mnist', [file('train-images-idx3-ubyte.gz'), file('readme.txt')])).toBe('idx');
    expect(dataKindOf('faces', [folder('ada'), folder('grace')])).toBe('pictures');
    expect(dataKindOf('faces', [file('1.png')])).toBe('pictures');
  });
});
