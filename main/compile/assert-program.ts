import { opOf } from '../ops/catalogue';
import type { Program, StateSpec, Value } from '../ops/program';
import { expectShape } from '../ops/shape-rules';

/**
 * Checks what executors rely on: single assignment, every value before its use, shapes and types by the ops' own
 * rules, names given once, state and slots that exist with their shapes. Throws an Error (a bug of the compiler,
 * never the user's) naming the program.
 */
export function assertProgram(program: Program, state: readonly StateSpec[]): void {
  try {
    checkProgram(program, new Map(state.map((spec) => [spec.name, spec])));
  } catch (error) {
    throw new Error(`program ${program.name}: ${error instanceof Error ? error.message : error}`);
  }
}

function checkProgram(program: Program, state: ReadonlyMap<string, StateSpec>): void {
  const present = new Map<number, Value>();
  const define = (value: Value) => {
    check(!present.has(value.id), `value ${value.id} is made twice`);
    present.set(value.id, value);
  };
  const use = (value: Value) =>
    check(present.get(value.id) === value, `value ${value.id} is used before it is made`);
  const stateNamed = (name: string): StateSpec => {
    const spec = state.get(name);
    if (!spec) throw new Error(`there is no state “${name}”`);
    return spec;
  };

  checkUnique(
    [...program.feeds, ...program.draws].map(({ name }) => name),
    'feed',
  );
  checkUnique(
    program.outputs.map(({ name }) => name),
    'output',
  );
  checkUnique(
    program.reads.map((read) => read.state),
    'read',
  );
  for (const { value } of program.feeds) define(value);
  for (const { value } of program.draws) {
    check(value.dtype === 'float32', 'only float32 can be drawn');
    define(value);
  }
  for (const { state: name, value } of program.reads) {
    expectShape(value.shape, stateNamed(name).shape, name);
    define(value);
  }
  if (program.data) define(program.data.value);
  for (const { op, inputs, attributes, output } of program.nodes) {
    for (const value of inputs) use(value);
    const { shape, dtype = 'float32' } = opOf(op).shape(inputs, attributes);
    expectShape(output.shape, shape, `The output of ${op}`);
    check(output.dtype === dtype, `${op} gives ${dtype}, not ${output.dtype}`);
    for (const length of shape) check(Number.isSafeInteger(length) && length >= 1, `${op} gives [${shape}]`);
    define(output);
  }
  for (const { value } of program.outputs) use(value);
  for (const value of program.guard) {
    use(value);
    check(value.dtype === 'float32', 'only float32 can be guarded');
  }
  check(program.guard.length === 0 || program.updates.length > 0, 'it guards without updating');
  checkUnique(
    program.updates.flatMap((update) => [update.state, ...Object.values(update.slots)]),
    'update',
  );
  for (const update of program.updates) {
    const { shape } = stateNamed(update.state);
    for (const slot of Object.values(update.slots)) expectShape(stateNamed(slot).shape, shape, slot);
    for (const [role, value] of Object.entries(update.inputs)) {
      use(value);
      const isWhole = role === 'gradient' || role === 'value';
      expectShape(value.shape, isWhole ? shape : [], `The ${role} of ${update.state}`);
    }
  }
}

function checkUnique(names: readonly string[], what: string): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  check(twice === undefined, `the ${what} “${twice}” is there twice`);
}

function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}
