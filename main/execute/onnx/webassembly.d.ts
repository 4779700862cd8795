/** What we use of JavaScript's WebAssembly, which neither ES2023 nor Node's types declare. */
declare namespace WebAssembly {
  class Memory {
    constructor(pages: { initial: number; maximum: number; shared: boolean });
    /** A SharedArrayBuffer where the memory is shared. */
    readonly buffer: ArrayBuffer | SharedArrayBuffer;
  }
  class Module {
    constructor(binary: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, Memory>>>>);
    /** Our modules export functions of numbers only. */
    readonly exports: Readonly<Record<string, (...numbers: number[]) => number>>;
  }
}
