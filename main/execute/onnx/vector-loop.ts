import { type Expression, isOfVectors, numberOf, type Operation } from './vector-expression';
import { compileFunction, F32, I32, leb, V128 } from './wasm-module';

/** One pass over vectors of float32 numbers, four at a time, in place. */
interface LoopSource {
  /** What is stored in each vector. All is read before anything is stored. */
  readonly stores: Readonly<Record<string, Expression>>;
  /** What the loop adds up over all elements. */
  readonly total?: Expression;
}

/**
 * Runs the loop.
 * @param addresses of the first byte of every vector that is read or stored, by name.
 * @param bytes the length of each, a multiple of 16.
 * @returns the total; 0 where there is none
 */
export type VectorLoop = (
  addresses: Readonly<Record<string, number>>,
  bytes: number,
  scalars?: Readonly<Record<string, number>>,
) => number;

const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const SIMD = 0xfd;
const LOAD = [SIMD, 0x00, 4, 0];
const STORE = [SIMD, 0x0b, 4, 0];
const CONSTANT = [SIMD, 0x0c];
const SPLAT = [SIMD, 0x13];
const EXTRACT = [SIMD, 0x1f];
const AT_LEAST = [SIMD, 0x46];
const AND = [SIMD, 0x4e];
const ABS = [SIMD, 0xe0, 0x01];
const ADD = [SIMD, 0xe4, 0x01];
const F32_ADD = 0x92;
const I32_ADD = 0x6a;
const I32_CONST = 0x41;
const I32_AT_LEAST = 0x4f;

const CODES: Readonly<Record<Exclude<Operation, 'withoutDenormals'>, readonly number[]>> = {
  add: ADD,
  sub: [SIMD, 0xe5, 0x01],
  mul: [SIMD, 0xe6, 0x01],
  div: [SIMD, 0xe7, 0x01],
  maximum: [SIMD, 0xe9, 0x01],
  sqrt: [SIMD, 0xe3, 0x01],
  abs: ABS,
};
/** Four times 2⁻¹²⁶, the smallest normal number. */
const SMALLEST = [...CONSTANT, ...[0, 1, 2, 3].flatMap(() => [0, 0, 0x80, 0])];

const get = (local: number) => [LOCAL_GET, ...leb(local)];
const set = (local: number) => [LOCAL_SET, ...leb(local)];

/** Makes machine code of a loop, for the vectors in this memory. */
export function compileLoop(memory: WebAssembly.Memory, { stores, total }: LoopSource): VectorLoop {
  const wanted = [...Object.values(stores), ...(total ? [total] : [])];
  const all = inOrder(wanted);
  const names = [
    ...new Set([
      ...all.flatMap((each) => (each.kind === 'vector' ? [each.name] : [])),
      ...Object.keys(stores),
    ]),
  ];
  // Numbers that are the same for the whole loop are worked out before it.
  const scalars = all.filter((each) => !isOfVectors(each));
  const computed = all.filter((each) => each.kind === 'operation' && isOfVectors(each));

  const bytes = names.length;
  const firstScalar = bytes + 1;
  const end = firstScalar + scalars.length;
  const local = new Map<Expression | string, number>();
  let next = end + 1;
  for (const each of [...scalars, ...names, ...computed]) local.set(each, next++);
  const sum = next;
  const place = (each: Expression): number => {
    const found = local.get(each.kind === 'vector' ? each.name : each);
    if (found === undefined) throw new Error('A loop lacks a value');
    return found;
  };

  const code = [
    ...get(0),
    ...get(bytes),
    I32_ADD,
    ...set(end),
    ...scalars.flatMap((each, i) => [...get(firstScalar + i), ...SPLAT, ...set(place(each))]),
    ...[0x02, 0x40, 0x03, 0x40],
    ...[...get(0), ...get(end), I32_AT_LEAST, 0x0d, 1],
    ...names.flatMap((name, i) => [...get(i), ...LOAD, ...set(local.get(name) ?? 0)]),
    ...computed.flatMap((each) => [...computation(each, place), ...set(place(each))]),
    ...Object.entries(stores).flatMap(([name, value]) => [
      ...get(names.indexOf(name)),
      ...get(place(value)),
      ...STORE,
    ]),
    ...(total ? [...get(sum), ...get(place(total)), ...ADD, ...set(sum)] : []),
    ...names.flatMap((_, i) => [...get(i), I32_CONST, 16, I32_ADD, ...set(i)]),
    ...[0x0c, 0, 0x0b, 0x0b],
    ...(total ? sumOfLanes(sum) : []),
    0x0b,
  ];
  const run = compileFunction(memory, {
    parameters: [...names.map(() => I32), I32, ...scalars.map(() => F32)],
    results: total ? [F32] : [],
    locals: [
      [1, I32],
      [sum - end, V128],
    ],
    code,
  });
  return (addresses, length, given = {}) => {
    const at = names.map((name) => {
      const address = addresses[name];
      if (address === undefined) throw new Error(`A loop was not told where ${name} lies`);
      return address;
    });
    return run(...at, length, ...scalars.map((each) => numberOf(each, given))) ?? 0;
  };
}

/** Every expression that these are made of, each once, after what it reads; of a single number only the whole. */
function inOrder(wanted: readonly Expression[]): Expression[] {
  const found = new Set<Expression>();
  const visit = (each: Expression) => {
    if (found.has(each)) return;
    if (each.kind === 'operation' && isOfVectors(each)) each.inputs.forEach(visit);
    found.add(each);
  };
  wanted.forEach(visit);
  return [...found];
}

function computation(each: Expression, place: (each: Expression) => number): number[] {
  if (each.kind !== 'operation') return [];
  const inputs = each.inputs.flatMap((input) => get(place(input)));
  if (each.operation !== 'withoutDenormals') return [...inputs, ...CODES[each.operation]];
  return [...inputs, ...inputs, ...ABS, ...SMALLEST, ...AT_LEAST, ...AND];
}

function sumOfLanes(sum: number): number[] {
  const lane = (index: number) => [...get(sum), ...EXTRACT, index];
  return [...lane(0), ...lane(1), F32_ADD, ...lane(2), ...lane(3), F32_ADD, F32_ADD];
}
