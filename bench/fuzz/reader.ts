/** A reader of files that is fuzzed. One file each, one line in `readers.ts`. */
export interface FuzzedReader {
  /** For `--reader`: `zip`. */
  readonly name: string;
  /** Whole, small files that it reads; what is tried begins with these. */
  seeds(): Promise<readonly Uint8Array[]>;
  /**
   * Reads bytes that were tampered with. Whatever it throws beside what `isRefusal` knows is a crash.
   *
   * @param folder of its own, for readers of files
   */
  read(bytes: Uint8Array, folder: string): Promise<void>;
  /** Whether this is how the reader says that it does not take a file. */
  isRefusal(error: unknown): boolean;
  /** Ends what it keeps going between files. */
  end?(): Promise<void>;
  /** Of what it refused, how many did it give up at a deadline. */
  stopped?(): number;
  /** How many are tried in CI; 150 unless each takes long. */
  readonly tries?: number;
  /** Makes other bytes of a seed, where changing them at random would go no further than a checksum. */
  tamper?(
    seed: Uint8Array,
    change: (bytes: Uint8Array) => Uint8Array,
    below: (n: number) => number,
  ): Promise<Uint8Array>;
}
