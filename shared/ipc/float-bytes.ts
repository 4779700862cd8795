/** Numbers as they travel in a frame: float32, one after the other. */
export function bytesOfFloats(numbers: ArrayLike<number>): Uint8Array {
  return new Uint8Array(Float32Array.from(numbers).buffer);
}

/** The numbers in bytes that came in a frame, wherever they lie in their buffer; a last, incomplete one is left out. */
export function floatsOfBytes(bytes: Uint8Array): Float32Array {
  // Copied: they may begin anywhere. (`slice` would not copy where they are Node's Buffer.)
  const { buffer } = new Uint8Array(bytes);
  return new Float32Array(buffer, 0, Math.floor(bytes.length / Float32Array.BYTES_PER_ELEMENT));
}
