import { describe, expect, it } from 'vitest';
import { freeBuffers } from './free-buffers';

describe('freeing buffers', () => {
  it('frees them at once, again and again', async () => {
    for (let time = 0; time < 3; time++) {
      const [one, two] = [new Float32Array([1, 2, 3]), new Uint8Array(10)];
      freeBuffers([one.buffer, two.buffer]);
      expect([one.length, two.buffer.byteLength]).toEqual([0, 0]);
      await new Promise(setImmediate);
    }
  });

  it('keeps no more memory than is in use', () => {
    const megabytes = 50;
    const before = process.memoryUsage().arrayBuffers;
    for (let time = 0; time < 40; time++) freeBuffers([new ArrayBuffer(megabytes * 2 ** 20)]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(megabytes * 2 ** 20);
  });

  it('leaves shared memory alone', () => {
    const shared = new SharedArrayBuffer(8);
    freeBuffers([shared]);
    expect(shared.byteLength).toBe(8);
  });
});
