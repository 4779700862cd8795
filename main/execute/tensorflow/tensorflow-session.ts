import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import { valueCount } from '../../../shared/tensors/shape';
import type { DType, ProgramSet } from '../../ops/program';
import { assertFits } from '../assert-fits';
import { drawSeed, keyFor } from '../draw-key';
import type { DrawKey, LoadOptions, ModelSession, Tensor } from '../executor';
import { scratchState } from './fused-updates';
import { GraphWriter } from './saved-model/graph-writer';
import { SERVE_TAG, withSavedModel } from './saved-model/saved-model-folder';
import { tensorflowProblem } from './tensorflow-problem';
import { unshared } from './unshared';
import {
  type Port,
  type WrittenProgram,
  type WrittenVariable,
  writeProgram,
  writeVariable,
} from './write-program';

/**
 * One SavedModel in one TensorFlow session: every program of the set, and variables for the state and the data.
 * @throws ProblemError where TensorFlow refuses the graph.
 */
export async function openTensorFlowSession(
  binding: TFJSBinding,
  set: ProgramSet,
  state: ReadonlyMap<string, Tensor>,
  options: LoadOptions,
): Promise<ModelSession> {
  const writer = new GraphWriter();
  const variables = new Map<string, WrittenVariable>();
  for (const { name, shape } of set.state) {
    variables.set(name, writeVariable(writer, name, 'float32', shape));
  }
  const scratch = new Map<string, WrittenVariable>();
  for (const { name, shape } of set.programs.flatMap((program) => scratchState(program, set.state))) {
    if (!scratch.has(name)) scratch.set(name, writeVariable(writer, name, 'float32', shape));
  }
  const data = options.data ? writeVariable(writer, 'data', options.data.dtype, options.data.shape) : null;
  const all = new Map([...variables, ...scratch]);
  const programs = new Map<string, WrittenProgram>();
  for (const program of set.programs) {
    // Evaluation without resident data needs no program that takes rows from it.
    if (program.data && !data) continue;
    programs.set(program.name, writeProgram(writer, program, all, data));
  }

  let id: number;
  try {
    id = await withSavedModel(writer.graph, (folder) => binding.loadSavedModel(folder, SERVE_TAG));
  } catch (error) {
    throw tensorflowProblem(error, writer, null);
  }
  const session = new TensorFlowSession(binding, id, writer, programs, variables);
  try {
    const missing = set.state.find(({ name }) => !state.has(name));
    if (missing) throw new Error(`The state ${missing.name} was given no contents`);
    await session.setState(state);
    session.fill(
      [...scratch.values()].map((variable): [WrittenVariable, Tensor] => [
        variable,
        unshared({
          dtype: 'float32',
          shape: variable.shape,
          data: new Float32Array(valueCount(variable.shape)),
        }),
      ]),
    );
    if (data && options.data) session.fill([[data, options.data]]);
  } catch (error) {
    await session.dispose();
    throw error;
  }
  return session;
}

class TensorFlowSession implements ModelSession {
  private disposed = false;

  constructor(
    private readonly binding: TFJSBinding,
    private readonly id: number,
    private readonly writer: GraphWriter,
    private readonly programs: ReadonlyMap<string, WrittenProgram>,
    private readonly variables: ReadonlyMap<string, WrittenVariable>,
  ) {}

  async run(name: string, feeds: Readonly<Record<string, Tensor>>, draw?: DrawKey) {
    this.assertOpen();
    const program = this.programs.get(name);
    if (!program)
      throw new Error(`There is no program ${name}; known: ${[...this.programs.keys()].join(', ')}`);
    const inputs = program.feeds.map((port): [Port, Tensor] => {
      const tensor = feeds[port.name];
      if (!tensor) throw new Error(`Program ${name} is fed ${port.name}, which was not given`);
      assertFits(port, tensor);
      return [port, tensor];
    });
    for (const port of program.draws) {
      const given = feeds[port.name];
      if (given) assertFits(port, given);
      inputs.push(given ? [port, given] : [port.seed, drawSeed(port.name, keyFor(name, port.name, draw))]);
    }
    try {
      return { outputs: this.named(program, this.call(inputs, program.fetches)), finite: true };
    } catch (error) {
      const outputs = this.outputsBesideGuard(program, inputs);
      if (outputs) return { outputs, finite: false };
      throw tensorflowProblem(error, this.writer, name);
    }
  }

  async state(names: readonly string[] = [...this.variables.keys()]): Promise<Map<string, Tensor>> {
    this.assertOpen();
    const wanted = names.map((name) => this.variable(name));
    if (wanted.length === 0) return new Map();
    const values = this.call(
      [],
      wanted.map(({ read }) => read),
    );
    return new Map(wanted.map((variable, i) => [variable.name, tensorOf(variable, values[i])]));
  }

  async setState(state: ReadonlyMap<string, Tensor>): Promise<void> {
    this.assertOpen();
    const entries = [...state].map(([name, tensor]): [WrittenVariable, Tensor] => {
      const variable = this.variable(name);
      assertFits(variable, tensor);
      return [variable, unshared(tensor)];
    });
    this.fill(entries);
  }

  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    this.binding.deleteSavedModel(this.id);
  }

  /** Stores contents in variables, one native call for all. Those that are updated later must be `unshared`. */
  fill(entries: readonly (readonly [WrittenVariable, Tensor])[]): void {
    if (entries.length === 0) return;
    this.call(
      entries,
      entries.map(([variable]) => variable.assigned),
    );
  }

  /**
   * After a run that failed: where the guard is what stopped it, the outputs of the same feeds and the same state
   * (nothing was updated); null where the cause is another.
   */
  private outputsBesideGuard(
    program: WrittenProgram,
    inputs: readonly (readonly [Port, Tensor])[],
  ): Record<string, Tensor> | null {
    if (program.guard === null) return null;
    try {
      const tensors = program.outputs.map(({ tensor }) => tensor);
      const [guard, ...outputs] = this.call(inputs, [program.guard, ...tensors]);
      return Number.isFinite(guard?.[0]) ? null : this.named(program, outputs);
    } catch {
      return null;
    }
  }

  private named(program: WrittenProgram, values: readonly Tensor['data'][]): Record<string, Tensor> {
    return Object.fromEntries(program.outputs.map((port, i) => [port.name, tensorOf(port, values[i])]));
  }

  /** One native session call; every native tensor made for it is freed again. */
  private call(
    inputs: readonly (readonly [Port, Tensor])[],
    fetches: readonly string[],
  ): readonly Tensor['data'][] {
    const { binding } = this;
    const made: number[] = [];
    try {
      for (const [{ shape, dtype }, { data }] of inputs) {
        made.push(binding.createTensor([...shape], nativeType(binding, dtype), data));
      }
      const results = binding.runSavedModel(
        this.id,
        [...made],
        inputs.map(([port]) => port.tensor).join(','),
        fetches.join(','),
      );
      for (const { id } of results) made.push(id);
      return results.map(({ id }) => binding.tensorDataSync(id));
    } finally {
      for (const tensor of made) binding.deleteTensor(tensor);
    }
  }

  private variable(name: string): WrittenVariable {
    const variable = this.variables.get(name);
    if (!variable) throw new Error(`There is no state ${name}`);
    return variable;
  }

  private assertOpen(): void {
    if (this.disposed) throw new Error('This model session has been disposed of');
  }
}

function nativeType(binding: TFJSBinding, dtype: DType): number {
  if (dtype === 'float32') return binding.TF_FLOAT;
  return dtype === 'int32' ? binding.TF_INT32 : binding.TF_UINT8;
}

function tensorOf({ dtype, shape }: Port, data: Tensor['data'] | undefined): Tensor {
  if (!data) throw new Error('TensorFlow handed back fewer tensors than were asked for');
  return { dtype, shape, data: dtype === 'uint8' ? Uint8Array.from(data) : data };
}
