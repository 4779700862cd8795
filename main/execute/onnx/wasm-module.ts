/** Types of WebAssembly's numbers. */
export const I32 = 0x7f;
export const F32 = 0x7d;
export const V128 = 0x7b;

/** One function, as the WebAssembly specification has it (core specification 2.0, binary format). */
interface WasmFunction {
  readonly parameters: readonly number[];
  readonly results: readonly number[];
  /** Local variables: how many of which type. */
  readonly locals: readonly (readonly [count: number, type: number])[];
  /** The body, its final `end` included. */
  readonly code: readonly number[];
}

/** A whole number of at least 0 in as few bytes as hold it, seven bits in each (LEB128). */
export function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
}

const listed = (items: readonly (readonly number[])[]) => [...leb(items.length), ...items.flat()];
const sized = (bytes: readonly number[]) => [...leb(bytes.length), ...bytes];
const section = (id: number, items: readonly (readonly number[])[]) => [id, ...sized(listed(items))];
const text = (word: string) => sized([...Buffer.from(word)]);

const MEMORY = 2;
const FUNCTION = 0;
/** The memory may have any size up to 4 GB; a shared one is declared so. */
const memoryType = (isShared: boolean) => [isShared ? 3 : 1, ...leb(0), ...leb(65_536)];

/** Makes machine code of a function that works on this memory. */
export function compileFunction(
  memory: WebAssembly.Memory,
  { parameters, results, locals, code }: WasmFunction,
): (...numbers: number[]) => number {
  const isShared = memory.buffer instanceof SharedArrayBuffer;
  const type = [0x60, ...listed(parameters.map((each) => [each])), ...listed(results.map((each) => [each]))];
  const body = [...listed(locals.map(([count, each]) => [...leb(count), each])), ...code];
  const binary = Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [type]),
    ...section(2, [[...text('state'), ...text('memory'), MEMORY, ...memoryType(isShared)]]),
    ...section(3, [leb(0)]),
    ...section(7, [[...text('run'), FUNCTION, ...leb(0)]]),
    ...section(10, [sized(body)]),
  );
  const instance = new WebAssembly.Instance(new WebAssembly.Module(binary), { state: { memory } });
  const { run } = instance.exports;
  if (!run) throw new Error('A WebAssembly module lacks its function');
  return run;
}
