import type { Checkpoint } from '../../main/train/checkpoint';
import type { CheckpointFolder } from '../../main/train/checkpoint-folder';
import type { LossHistory } from '../../main/train/loss-history';
import { ProblemError } from '../../shared/errors/problem';
import type { CliIo } from './cli-io';
import { problemText } from './report-error';

/** Writing takes at most this share of the time: of short epochs of large models, not each is kept. */
const MOST_SHARE = 0.05;

/** Keeps a run's checkpoints, with its losses; says once where that fails, for the run goes on without. */
export class CheckpointKeeper {
  /** Null until the run has one; nothing is kept before. */
  folder: CheckpointFolder | null = null;
  #hasKept = false;
  #notBefore = 0;
  #hasFailed = false;

  constructor(
    private readonly losses: LossHistory,
    private readonly io: CliIo,
  ) {}

  /** Whether there is one to go on from. */
  get hasKept(): boolean {
    return this.#hasKept;
  }

  /** One of a run that rests is always worth its time. */
  async keep(checkpoint: Checkpoint, occasion: 'epoch' | 'rest'): Promise<void> {
    const since = performance.now();
    if (!this.folder || (occasion === 'epoch' && since < this.#notBefore)) return;
    try {
      await this.folder.write({ ...checkpoint, losses: this.losses.values });
      this.#hasKept = true;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (!this.#hasFailed) this.io.err(problemText(error.problems[0]));
      this.#hasFailed = true;
    }
    const now = performance.now();
    this.#notBefore = now + (now - since) / MOST_SHARE;
  }
}
