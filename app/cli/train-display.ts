import { SingleBar } from 'cli-progress';
import type { LoadControl } from '../../main/data/dataset';
import type { RunEvent } from '../../shared/ipc/contract';
import { termLine } from '../../shared/losses/term-names';
import { type StageEpochs, stageAt } from '../../shared/plan/stage-epochs';
import type { CliIo } from './cli-io';

type LoadProgress = Parameters<NonNullable<LoadControl['onProgress']>>[0];

const FORMAT = 'epoch {epoch}/{epochs}{stage} [{bar}] loss {loss}  {rate} samples/s  {left} left';

/** Shows a run on stderr: a bar on a terminal, else a line an epoch. */
export class TrainDisplay {
  #bar: SingleBar | null = null;
  #epochs = 0;
  #stages: readonly StageEpochs[] = [];

  constructor(private readonly io: CliIo) {}

  /** Progress of loading data: a bar on a terminal, else nothing. */
  showLoading({ stage, done, total, unit }: LoadProgress): void {
    if (!this.io.terminal || total <= 0) return;
    this.#bar ??= this.#startBar(`{stage} [{bar}] {value}/{total} {unit}`, total, { stage, unit });
    this.#bar.setTotal(total);
    this.#bar.update(done, { stage, unit });
  }

  show(event: RunEvent): void {
    switch (event.kind) {
      case 'started': {
        const { engine, epochs, stepsPerEpoch, parameterCount } = event.run;
        this.#epochs = epochs;
        this.#stages = event.run.stages ?? [];
        this.io.err(
          `Training ${count(parameterCount)} parameters with ${engine.name} ${engine.version} on the processor.\n`,
        );
        if (this.io.terminal) {
          const first = { epoch: 1, epochs, stage: this.#stageOf(1), loss: '–', rate: '–', left: '–' };
          this.#bar = this.#startBar(FORMAT, epochs * stepsPerEpoch, first);
        }
        break;
      }
      case 'progress':
        this.#bar?.update(event.firstStep + event.losses.length - 1, {
          epoch: event.epoch,
          stage: this.#stageOf(event.epoch),
          loss: `${(event.losses.at(-1) ?? 0).toPrecision(4)}${termsText(event.terms)}`,
          rate: count(event.samplesPerSecond),
          left: duration(event.secondsLeft),
        });
        break;
      case 'epoch': {
        const validation = event.validation
          ? `, validation loss ${event.validation.loss.toPrecision(4)}, MSE ${event.validation.mse.toPrecision(4)}`
          : '';
        if (!this.#bar) {
          this.io.err(
            `epoch ${event.epoch}/${this.#epochs}${this.#stageOf(event.epoch)}: loss ${event.trainLoss.toPrecision(4)}${termsText(event.terms)}${validation}\n`,
          );
        }
        break;
      }
      case 'completed':
      case 'stopped':
      case 'failed':
        this.close();
        break;
    }
  }

  close(): void {
    this.#bar?.stop();
    this.#bar = null;
  }

  #stageOf(epoch: number): string {
    const stage = stageAt(this.#stages, epoch);
    return stage ? ` (pre-training ${stage})` : '';
  }

  #startBar(format: string, total: number, first: object): SingleBar {
    const stream = this.io.terminal ?? undefined;
    const bar = new SingleBar({ format, stream, hideCursor: true, gracefulExit: false });
    bar.start(total, 0, first);
    return bar;
  }
}

/** What a loss is the sum of: ` (MSE 0.0123, SSIM 0.04)`; nothing where it is no sum. */
function termsText(terms: Readonly<Record<string, number>> | undefined): string {
  return terms ? ` (${termLine(terms, (value) => value.toPrecision(3))})` : '';
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 100) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
