import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { MODEL_STAMP } from '../../shared/ipc/model-schemas';

/** What every zip archive with something in it begins with. */
const BEGINNING = [0x50, 0x4b, 0x03, 0x04];
/** Of the end of a file: the archive's list of entries lies there, and before it the manifest, written last. */
const END = 64 * 1024;

/**
 * Whether a drawing's file carries weights. Told by what it holds, whatever its name: an archive is a model, anything else the
 * drawing's text. Rejects with what the system refused.
 */
export async function isModelFile(path: string): Promise<boolean> {
  const { bytes } = await partOf(path, () => ({ from: 0, length: BEGINNING.length }));
  return BEGINNING.every((byte, at) => bytes[at] === byte);
}

/**
 * Tells one state of a model file from every other: a hash of its size and its end, where the archive says of each entry how large
 * it is, its CRC-32 and (in the manifest) its SHA-256. Costs the same for any size, so that a host may ask for it.
 */
export async function modelStamp(path: string): Promise<string> {
  const { bytes, size } = await partOf(path, (all) => ({
    from: Math.max(0, all - END),
    length: Math.min(all, END),
  }));
  return `${MODEL_STAMP}${createHash('sha256').update(`${size} `).update(bytes).digest('hex')}`;
}

async function partOf(
  path: string,
  part: (size: number) => { readonly from: number; readonly length: number },
): Promise<{ readonly bytes: Buffer; readonly size: number }> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const { from, length } = part(size);
    const bytes = Buffer.alloc(length);
    let read = 0;
    while (read < length) {
      const { bytesRead } = await handle.read(bytes, read, length - read, from + read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return { bytes: bytes.subarray(0, read), size };
  } finally {
    await handle.close();
  }
}
