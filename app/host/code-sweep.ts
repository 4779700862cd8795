import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { documentFrom } from '../../shared/document/document-text';
import { withCodeSize } from '../../shared/document/edits';
import type { GraphDocument } from '../../shared/document/graph-document';
import { validateDocument } from '../../shared/document/validate';
import { problem } from '../../shared/errors/catalogue';
import { type Problem, ProblemError } from '../../shared/errors/problem';
import type { Asker } from '../../shared/ipc/client';
import type { CallParams, StreamEvent } from '../../shared/ipc/contract';
import type { RunKeeper } from './run-keeper';

type SweepState = NonNullable<StreamEvent<'host.sweep'>['sweep']>;

export interface CodeSweepParts {
  readonly engine: Asker;
  readonly keeper: RunKeeper;
  readonly log: Logger;
  /** Told of every run that is begun. */
  onRun?(runId: string): void;
  /** Milliseconds between two tries while the engine is at something short; 500 by default. */
  readonly pause?: number;
}

/** Where the drawing's data lie, and the engine that is wanted. */
type Surroundings = Pick<CallParams<'run.start'>, 'baseFolder' | 'engine'>;

interface SizedDrawing {
  readonly size: number;
  readonly drawing: GraphDocument;
}

/** A run that has begun. */
interface Begun {
  /** Its id among the kept runs, once it is over and written. */
  readonly kept: Promise<string | null>;
}

/** A check or a search for a rate that came between two runs is over by then. */
const TRIES = 240;

/** Trains a drawing with one code size after the other: each run is kept as any other, and the next begins when it is. */
export class CodeSweep {
  readonly #parts: CodeSweepParts;
  readonly #listeners = new Set<(state: SweepState) => void>();
  #state: SweepState | null = null;
  #isEnding = false;

  constructor(parts: CodeSweepParts) {
    this.#parts = parts;
  }

  /** The sweep going on or the last one. */
  get state(): SweepState | null {
    return this.#state;
  }

  get isGoingOn(): boolean {
    return this.#state?.state === 'running';
  }

  /** Calls back with every change. @returns a function that ends this */
  onState(listener: (state: SweepState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Begins with the smallest size.
   *
   * @throws ProblemError where a sweep or a run goes on, and where the drawing can't be trained with one of the sizes
   */
  async start({ document, sizes, epochs, ...how }: CallParams<'sweep.start'>): Promise<{ sweepId: string }> {
    if (this.isGoingOn) throw new ProblemError(problem('SWEEP_IN_PROGRESS', undefined));
    const own = documentFrom(document);
    const sorted = [...new Set(sizes)].sort((a, b) => a - b);
    const drawings = sorted.map((size) => ({ size, drawing: drawingFor(own, size, epochs) }));
    const sweepId = randomUUID();
    const before = this.#state;
    this.#isEnding = false;
    this.#publish({ sweepId, state: 'running', sizes: sorted, current: null, failure: null });
    try {
      const [first, ...others] = drawings;
      if (!first) throw new Error('A sweep has at least one size.');
      const begun = await this.#begin(first, how);
      void this.#goOn(begun, others, how);
      return { sweepId };
    } catch (error) {
      // Refused: as if it had not been asked for.
      this.#state = before;
      for (const listener of this.#listeners) if (before) listener(before);
      throw error;
    }
  }

  /** Stops the run going on, and begins no other. */
  async stop(): Promise<void> {
    this.endAfterThis();
    const runId = this.#state?.current?.runId;
    if (this.isGoingOn && runId !== undefined) await this.#parts.engine.call('run.stop', { runId });
  }

  /** Begins no other run after the one going on. */
  endAfterThis(): void {
    this.#isEnding = true;
  }

  async #begin({ size, drawing }: SizedDrawing, how: Surroundings): Promise<Begun> {
    const { engine, keeper, onRun } = this.#parts;
    // Nobody is there to be asked: only what surely does not fit is refused.
    const { runId } = await engine.call('run.start', { document: { ...drawing }, ...how, anyway: true });
    const kept = keeper.begin(runId, { id: this.#state?.sweepId ?? '', size });
    onRun?.(runId);
    this.#change({ current: { runId, size } });
    return { kept };
  }

  async #goOn(first: Begun, others: readonly SizedDrawing[], how: Surroundings): Promise<void> {
    try {
      let { kept } = first;
      for (const next of [...others, null]) {
        const id = await kept;
        if (this.#isEnding || id === null || (await this.#wasStopped(id))) {
          this.#change({ state: 'stopped', current: null });
          return;
        }
        this.#change({ current: null });
        if (next) ({ kept } = await this.#whenFree(() => this.#begin(next, how)));
      }
      this.#change({ state: 'completed' });
    } catch (error) {
      this.#parts.log.error({ err: error }, 'the sweep ended');
      this.#change({ state: 'failed', current: null, failure: toldOf(error) });
    }
  }

  /** A run that the user stopped by itself ends the sweep too; one that failed is a point that is missing. */
  async #wasStopped(id: string): Promise<boolean> {
    const { runs } = await this.#parts.keeper.runs.list();
    return runs.find((run) => run.id === id)?.ending === 'stopped';
  }

  /** Tries again while the engine is at something short, such as a check. */
  async #whenFree<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const isBusy = error instanceof ProblemError && error.problems[0].code === 'RUN_IN_PROGRESS';
        if (!isBusy || attempt === TRIES || this.#isEnding) throw error;
        await wait(this.#parts.pause ?? 500);
      }
    }
  }

  #change(change: Partial<SweepState>): void {
    if (this.#state) this.#publish({ ...this.#state, ...change });
  }

  #publish(state: SweepState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}

/** @throws ProblemError with everything that keeps it from being trained */
function drawingFor(own: GraphDocument, size: number, epochs: number): GraphDocument {
  const sized = withCodeSize(own, size);
  const drawing = { ...sized, training: { ...sized.training, epochs } };
  const [first, ...others] = validateDocument(drawing).filter(({ severity }) => severity === 'error');
  if (first) throw new ProblemError(first, ...others);
  return drawing;
}

function toldOf(error: unknown): SweepState['failure'] {
  const told: Problem =
    error instanceof ProblemError
      ? error.problems[0]
      : problem('RUN_NOT_KEPT', { reason: error instanceof Error ? error.message : String(error) });
  const { where, ...rest } = told;
  return where ? { ...rest, where: { ...where } } : rest;
}
