import type { DType, ProgramSet } from '../ops/program';

export type EngineName = 'tensorflow' | 'onnx';

/** A plain dense array: row-major, channels last. */
export interface Tensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint8Array;
}

/** What an engine says of itself, for the window, the CLI and `doctor`. */
export interface EngineDescription {
  readonly name: EngineName;
  readonly version: string;
  /** `cpu`: neither engine uses a graphics card in this build. */
  readonly device: 'cpu';
  readonly threads: number;
}

/** A native runtime that runs Programs. */
export interface Executor {
  describe(): EngineDescription;
  /** Into how many parts a batch is best divided (`CompileOptions.parts`): as many are worked on at once. */
  readonly parts: number;
  /** Whether these parts are to be Programs of their own (`CompileOptions.partsApart`). */
  readonly partsApart: boolean;
  /**
   * Compiles every program of the set. State starts as given (float32, one tensor a StateSpec).
   * @throws ProblemError where the runtime refuses a program; `where.nodeId` names the block.
   */
  load(set: ProgramSet, state: ReadonlyMap<string, Tensor>, options?: LoadOptions): Promise<ModelSession>;
}

export interface LoadOptions {
  /** The data set that `takeRows` reads, in its own type; shared, not copied, where the runtime allows. */
  readonly data?: Tensor;
  readonly threads?: number;
}

/** Which random numbers a run draws: one engine draws the same ones by the same key, whenever that is. */
export interface DrawKey {
  /** 0 … 2³² − 1. */
  readonly seed: number;
  /** Keeps uses apart that count by themselves: `training`, `evaluation`. */
  readonly purpose: string;
  /** A whole number from 0 on, another one for each run that is to draw other numbers. */
  readonly step: number;
}

/** A compiled model: its state and its programs. Calls run one at a time, in order. */
export interface ModelSession {
  /**
   * Runs one program natively.
   *
   * @param feeds one for each of the program's; numbers given under a draw's name take the place of drawn ones, so
   *   that two engines can be given the same
   * @param draw needed where the program draws random numbers
   * @returns its outputs by name, and `finite`: false where the guard saw a NaN or an infinity (no state was
   *   changed then). Always true for a program without updates.
   */
  run(
    program: string,
    feeds: Readonly<Record<string, Tensor>>,
    draw?: DrawKey,
  ): Promise<{ readonly outputs: Readonly<Record<string, Tensor>>; readonly finite: boolean }>;
  /** Copies of all state tensors (or of those named): everything an exact resume needs. */
  state(names?: readonly string[]): Promise<Map<string, Tensor>>;
  /** Replaces state tensors; the others stay. @throws where a name or shape is unknown. */
  setState(state: ReadonlyMap<string, Tensor>): Promise<void>;
  /** Frees the native session. Later calls reject. */
  dispose(): Promise<void>;
}
