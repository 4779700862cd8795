import { problem } from '../../shared/errors/catalogue';
import { type Problem, ProblemError } from '../../shared/errors/problem';
import type { Checkpoint } from './checkpoint';
import type { CheckpointFolder } from './checkpoint-folder';

/** Why a checkpoint is offered: an epoch is over, the run rests, being paused or stopped, or its last epoch is done. */
export type CheckpointOccasion = 'epoch' | 'rest' | 'end';

/** What is told of a run's losses so far. */
type KeptLosses = Pick<Checkpoint, 'losses' | 'lossSteps'>;

interface CheckpointKeeperParts {
  /** The losses of all steps so far. */
  losses(): KeptLosses;
  /** Told what keeps checkpoints from being written, until one is again; the run goes on without. */
  onFailure(reason: Problem): void;
  /** Told when they are written again. */
  onRecovery(): void;
}

/** Milliseconds between the checkpoints of two epochs: of shorter epochs, not each is kept. */
const CLOSEST = 1_000;
/** A run is held up for at most this share of the time: of short epochs of large models, not each is kept. */
const MOST_SHARE = 0.03;

/**
 * Keeps a run's checkpoints by the rule: after an epoch where the last is a second old, has been written for as long as that
 * took, and holding the run up for the copy takes 3% of the time at most; whenever the run rests, and at its end. They are written while the
 * run goes on.
 */
export class CheckpointKeeper {
  /** Null until the run has one; nothing is kept before. */
  folder: CheckpointFolder | null = null;
  #hasKept = false;
  #notBefore = performance.now() + CLOSEST;
  #hasFailed = false;
  #writing: Promise<void> | null = null;

  constructor(private readonly parts: CheckpointKeeperParts) {}

  /** Whether there is one to go on from. */
  get hasKept(): boolean {
    return this.#hasKept;
  }

  /**
   * @param make copies the state; null where there is none that a run can go on from
   * @returns once that is done, or, where the run rests, once it is written
   */
  async keep(make: () => Promise<Checkpoint | null>, occasion: CheckpointOccasion): Promise<void> {
    const since = performance.now();
    if (!this.folder || (occasion === 'epoch' && (this.#writing || since < this.#notBefore))) return;
    await this.#writing;
    const checkpoint = await make();
    if (!checkpoint) return;
    const writing = this.#write(this.folder, { ...checkpoint, ...this.parts.losses() });
    this.#writing = writing;
    const now = performance.now();
    this.#notBefore = now + Math.max(CLOSEST, (now - since) / MOST_SHARE);
    if (occasion === 'rest') await writing;
  }

  /** Resolves when nothing is being written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #write(folder: CheckpointFolder, checkpoint: Checkpoint): Promise<void> {
    const since = performance.now();
    try {
      await folder.write(checkpoint);
      this.#hasKept = true;
      if (this.#hasFailed) this.parts.onRecovery();
      this.#hasFailed = false;
    } catch (error) {
      if (!this.#hasFailed) this.parts.onFailure(problemOf(error));
      this.#hasFailed = true;
    }
    const now = performance.now();
    this.#notBefore = Math.max(this.#notBefore, now + (now - since));
    this.#writing = null;
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problems[0];
  const reason = error instanceof Error ? error.message : String(error);
  return problem('CHECKPOINT_NOT_KEPT', { reason });
}
