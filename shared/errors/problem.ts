import type { ProblemCode } from './catalogue';

/** Where in the drawing a Problem belongs. `nodeId` may be a decoder twin's (`conv-2′`). */
export interface ProblemPlace {
  readonly nodeId?: string;
  readonly param?: string;
  /** A wire, as `from→to`. */
  readonly wireId?: string;
  /** A path inside a file, such as `blocks.3.params.kernel`. */
  readonly path?: string;
}

/** What mends a Problem, where only the one who found it can tell. */
export interface Remedy {
  /** The columns of a table to be used. */
  readonly columns?: readonly string[];
  readonly scaling?: 'min-max';
  readonly batchSize?: number;
  /** Of a convolution. */
  readonly groups?: number;
  readonly filters?: number;
}

/**
 * Something the user can mend. Plain data, so that it crosses every process border unchanged.
 * `message` says what was expected and what came; `hint` says what to do.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly hint: string;
  readonly where?: ProblemPlace;
  readonly remedy?: Remedy;
}

/** Thrown where work cannot go on because of one or more Problems. Never holds an empty list. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problems: readonly [Problem, ...Problem[]];

  constructor(first: Problem, ...others: Problem[]) {
    super(`${first.message} ${first.hint}`);
    this.problems = [first, ...others];
  }
}

/** Thrown when the user (or a closed window) called a piece of work off. Never shown. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  constructor(what = 'The work was cancelled.') {
    super(what);
  }
}
