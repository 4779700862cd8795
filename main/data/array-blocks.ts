/**
 * Brings the bytes of an array into blocks of whole rows.
 *
 * @param block what they are brought into, again and again: its length is that of a block
 * @returns how many bytes of the block are good: all, but for the last one's
 */
export async function* fillBlocks(
  chunks: AsyncIterable<Uint8Array>,
  block: Uint8Array,
): AsyncIterable<number> {
  let filled = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const length = Math.min(chunk.length - at, block.length - filled);
      block.set(chunk.subarray(at, at + length), filled);
      filled += length;
      at += length;
      if (filled < block.length) continue;
      yield filled;
      filled = 0;
    }
  }
  if (filled > 0) yield filled;
}
