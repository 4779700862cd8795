import { valueCount } from '../../shared/tensors/shape';
import { gradientsOf } from '../compile/gradients';
import { ProgramBuilder } from '../compile/program-builder';
import type { Executor, ModelSession, Tensor } from '../execute/executor';
import { normals, permutation, uniforms } from '../random/philox';
import { opOf } from './catalogue';
import type { Attributes } from './op';
import type { DType, Program, Value } from './program';
import { allAxes } from './shape-rules';

/** How an input of a case is drawn. */
interface CaseInput {
  readonly shape: readonly number[];
  readonly dtype?: DType;
  /** Numbers from `from` to `to` (−1 … 1 unless told), whole ones where the dtype is. */
  readonly from?: number;
  readonly to?: number;
  /** Places the op has a kink at: numbers near them are moved away. */
  readonly kinks?: readonly number[];
  /** All numbers at least 0.05 apart, so that a step of finite differences changes no winner. */
  readonly distinct?: boolean;
}

/** One way of using an op. */
export interface OpCase {
  readonly inputs: readonly CaseInput[];
  readonly attributes?: Attributes;
}

/** The cases of several ops, by name. */
export type OpCases = Readonly<Record<string, readonly OpCase[]>>;

/** A case as a Program, with what it is fed. */
export interface VerifiableCase {
  readonly title: string;
  readonly program: Program;
  readonly feeds: Readonly<Record<string, Tensor>>;
  /** The fixed weights that make a scalar of the output, whose gradient is checked. */
  readonly weights: Float32Array;
  /** The inputs that a gradient flows to. */
  readonly differentiable: readonly string[];
}

/** The size of a step of finite differences, and how far from a kink numbers stay. */
const STEP = 1e-2;
const KINK_MARGIN = 0.05;
const DIRECTIONS = 6;

/**
 * Every case as Programs: one that reads its pictures as they are fed, and where there are pictures one that reads
 * them after an op that leaves them channels-first in ONNX (an upsampling by 1 changes nothing else).
 */
export function verifiableCases(cases: OpCases): VerifiableCase[] {
  return Object.entries(cases).flatMap(([op, list]) =>
    list.flatMap((each, i) => {
      const hasPictures = each.inputs.some(isFloatPicture);
      const names = hasPictures ? [`${op}-${i}`, `${op}-${i}-channels-first`] : [`${op}-${i}`];
      return names.map((name, variant) => caseProgram(op, each, name, variant === 1));
    }),
  );
}

function isFloatPicture({ shape, dtype = 'float32' }: CaseInput): boolean {
  return shape.length === 4 && dtype === 'float32';
}

function caseProgram(op: string, each: OpCase, name: string, channelsFirst: boolean): VerifiableCase {
  const build = new ProgramBuilder();
  const feeds: Record<string, Tensor> = {};
  const fed = each.inputs.map((spec, i) => {
    feeds[`input${i}`] = drawInput(spec, `${op} ${each.inputs.length} ${i}`);
    return build.feed(`input${i}`, spec.shape, spec.dtype ?? 'float32');
  });
  const inputs = fed.map((value, i) => {
    const spec = each.inputs[i];
    const turned = channelsFirst && spec !== undefined && isFloatPicture(spec);
    return turned ? build.add('upsampleNearest2d', [value], { factor: 1 }) : value;
  });
  const output = build.add(op, inputs, each.attributes ?? {});
  const weights = normals(1, `${op} output`, 0, valueCount(output.shape));
  const outputs: Record<string, Value> = { output };
  const wanted = differentiableInputs(build, op, output, fed);
  if (wanted.length > 0) {
    const weighted = build.add('mul', [output, build.constant([...weights], output.shape)]);
    const axes = allAxes(output.shape.length);
    const scalar = axes.length > 0 ? build.add('reduceSum', [weighted], { axes }) : weighted;
    const gradients = gradientsOf(
      build,
      scalar,
      wanted.map(({ value }) => value),
    );
    wanted.forEach(({ input }, i) => {
      const gradient = gradients[i];
      if (gradient) outputs[`gradient of ${input}`] = gradient;
    });
  }
  return {
    title: name,
    program: build.finish(name, { outputs }),
    feeds,
    weights,
    differentiable: wanted.map(({ input }) => input),
  };
}

function differentiableInputs(
  build: ProgramBuilder,
  op: string,
  output: Value,
  fed: readonly Value[],
): { input: string; value: Value }[] {
  const node = build.producer(output);
  const gradient = node ? opOf(op).gradient : undefined;
  if (!node || !gradient) return [];
  const flows = gradient(build, node, build.constant(Array(valueCount(output.shape)).fill(1), output.shape));
  return fed.flatMap((value, i) => (flows[i] ? [{ input: `input${i}`, value }] : []));
}

function drawInput(spec: CaseInput, site: string): Tensor {
  const { shape, dtype = 'float32', from = -1, to = 1 } = spec;
  const count = valueCount(shape);
  if (dtype !== 'float32') {
    const whole = uniforms(2, site, 0, count).map((u) => Math.floor(from + u * (to - from)));
    return { dtype, shape, data: dtype === 'uint8' ? Uint8Array.from(whole) : Int32Array.from(whole) };
  }
  if (spec.distinct) {
    const order = permutation(2, site, 0, count);
    return { dtype, shape, data: Float32Array.from(order, (n) => (n - count / 2) * KINK_MARGIN) };
  }
  const data = uniforms(2, site, 0, count).map((u) => {
    const x = from + u * (to - from);
    const kink = spec.kinks?.find((place) => Math.abs(x - place) < KINK_MARGIN);
    return kink === undefined ? x : kink + (x < kink ? -KINK_MARGIN : KINK_MARGIN);
  });
  return { dtype, shape, data };
}

/** Loads all cases as one set of Programs without state; they are too small to share out among threads. */
export function loadCases(executor: Executor, cases: readonly VerifiableCase[]): Promise<ModelSession> {
  const programs = cases.map(({ program }) => program);
  return executor.load({ state: [], programs }, new Map(), { threads: 1 });
}

export type CaseOutputs = Readonly<Record<string, Tensor>>;

/** What is wrong with the shapes that came, as sentences: none where the shape rule holds. */
export function shapeFaults({ program }: VerifiableCase, outputs: CaseOutputs): string[] {
  return program.outputs.flatMap(({ name, value }) => {
    const tensor = outputs[name];
    const came = tensor ? `${tensor.dtype} [${tensor.shape}] (${tensor.data.length} numbers)` : 'nothing';
    const wanted = `${value.dtype} [${value.shape}] (${valueCount(value.shape)} numbers)`;
    return came === wanted ? [] : [`${name} should be ${wanted}, is ${came}`];
  });
}

/** Where two engines' outputs differ by more than float32 rounding, as sentences. */
export function disagreements(a: CaseOutputs, b: CaseOutputs): string[] {
  return Object.entries(a).flatMap(([name, { data }]) => {
    const other = b[name]?.data ?? new Float32Array();
    const at = data.findIndex(
      (x, i) => !(Math.abs(x - (other[i] ?? Number.NaN)) <= 2e-5 * (1 + Math.abs(x))),
    );
    return at < 0 ? [] : [`${name}[${at}] is ${data[at]} on one engine, ${other[at]} on the other`];
  });
}

/**
 * Compares the gradients with central finite differences along random directions (each ±1 in every element): a
 * wrong element shows in each of them. Returns what differs, as sentences.
 */
export async function gradientFaults(
  session: ModelSession,
  verified: VerifiableCase,
  outputs: CaseOutputs,
): Promise<string[]> {
  const faults: string[] = [];
  for (const input of verified.differentiable) {
    const gradient = Float32Array.from(outputs[`gradient of ${input}`]?.data ?? []);
    const norm = Math.hypot(...gradient);
    for (let i = 0; i < DIRECTIONS; i++) {
      const direction = uniforms(3, verified.title, i, gradient.length).map((u) => (u < 0.5 ? -1 : 1));
      const expected = gradient.reduce((sum, g, at) => sum + g * (direction[at] ?? 0), 0);
      const above = await scalarAt(session, verified, input, direction, STEP);
      const below = await scalarAt(session, verified, input, direction, -STEP);
      const found = (above - below) / (2 * STEP);
      if (Math.abs(found - expected) <= 1e-3 * norm + 2e-4) continue;
      faults.push(`gradient of ${input} along direction ${i}: ${expected}, by finite differences ${found}`);
    }
  }
  return faults;
}

/** The weighted sum of the output with one input moved, in double precision. */
async function scalarAt(
  session: ModelSession,
  { program, feeds, weights }: VerifiableCase,
  input: string,
  direction: Float32Array,
  step: number,
): Promise<number> {
  const tensor = feeds[input];
  if (!tensor) throw new Error(`There is no ${input}.`);
  const data = Float32Array.from(tensor.data, (x, i) => x + step * (direction[i] ?? 0));
  const { outputs } = await session.run(program.name, { ...feeds, [input]: { ...tensor, data } });
  const output = outputs.output?.data ?? new Float32Array();
  return weights.reduce((sum, weight, i) => sum + weight * (output[i] ?? Number.NaN), 0);
}
