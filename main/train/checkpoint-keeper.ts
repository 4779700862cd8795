import { type Problem, ProblemError } from '../../shared/errors/problem';
import type { Checkpoint } from './checkpoint';
import type { CheckpointFolder } from './checkpoint-folder';

/** Why a checkpoint is offered: an epoch is over, or the run rests, being paused or stopped. */
export type CheckpointOccasion = 'epoch' | 'rest';

/** What is told of a run's losses so far. */
type KeptLosses = Pick<Checkpoint, 'losses' | 'lossSteps'>;

interface CheckpointKeeperParts {
  /** The losses of all steps so far. */
  losses(): KeptLosses;
  /** Told once what kept a checkpoint from being written; the run goes on without. */
  onFailure(reason: Problem): void;
}

/** Milliseconds between the checkpoints of two epochs: of shorter epochs, not each is kept. */
const CLOSEST = 1_000;
/** Copying and writing take at most this share of the time: of short epochs of large models, not each is kept. */
const MOST_SHARE = 0.03;

/**
 * Keeps a run's checkpoints by the rule: after an epoch where the last is a second old and keeping them takes 3% of the time
 * at most; whenever the run rests.
 */
export class CheckpointKeeper {
  /** Null until the run has one; nothing is kept before. */
  folder: CheckpointFolder | null = null;
  #hasKept = false;
  #notBefore = performance.now() + CLOSEST;
  #hasFailed = false;

  constructor(private readonly parts: CheckpointKeeperParts) {}

  /** Whether there is one to go on from. */
  get hasKept(): boolean {
    return this.#hasKept;
  }

  /** @param make copies the state; null where there is none that a run can go on from */
  async keep(make: () => Promise<Checkpoint | null>, occasion: CheckpointOccasion): Promise<void> {
    const since = performance.now();
    if (!this.folder || (occasion === 'epoch' && since < this.#notBefore)) return;
    try {
      const checkpoint = await make();
      if (!checkpoint) return;
      await this.folder.write({ ...checkpoint, ...this.parts.losses() });
      this.#hasKept = true;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (!this.#hasFailed) this.parts.onFailure(error.problems[0]);
      this.#hasFailed = true;
    }
    const now = performance.now();
    this.#notBefore = now + Math.max(CLOSEST, (now - since) / MOST_SHARE);
  }
}
