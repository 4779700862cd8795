import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pino from 'pino';
import { EngineHost } from '../../app/host/engine-host';
import { forkedProcess } from '../../app/host/forked-process';
import { readDrawingFile, writeDrawingWithWeights } from '../../app/host/model-files';
import { writeModelFile } from '../../main/models/model-file-writer';
import { documentFrom } from '../../shared/document/document-text';
import type { Claim } from './claim';
import { filledModel, wideDrawing } from './numbered-model';

const ROUNDS = 5;
const MOST = 2;
/** Milliseconds that the host's thread may be busy without looking up. */
const HELD = 100;

export const bigModel: Claim = {
  name: 'big-model',
  bar: `a model of 200 MB, ${ROUNDS} rounds: the host has it saved and opened in ≤ ${MOST} × the time of copying, flushing and SHA-256 of the file (medians of ratios), and its thread is never busy for > ${HELD} ms at a time`,
  data: null,
  async check({ root, say }) {
    const folder = await mkdtemp(join(tmpdir(), 'hourglass-big-'));
    const log = pino({ enabled: false });
    const entry = join(root, 'dist', 'engine.mjs');
    const host = new EngineHost({ startProcess: () => forkedProcess(entry, 'pipe'), log });
    try {
      const [first, second] = [join(folder, 'a.hourglass'), join(folder, 'b.hourglass')];
      const drawing = wideDrawing(5000, 5000);
      // Whole numbers of sine's own, as random as weights are to whatever packs.
      await writeModelFile(
        first,
        filledModel(drawing, (place) => Math.sin(place * 12.9898)),
      );
      const { size } = await stat(first);
      host.start();
      await host.asker.call('run.current', {});
      const ratios = { save: [] as number[], open: [] as number[] };
      let longest = 0;
      for (let round = 1; round <= ROUNDS; round++) {
        const plain = await seconds(() => copyFlushAndHash(first, join(folder, 'copy')));
        const busy = new LongestBusy();
        let modelId = '';
        const opening = await seconds(async () => {
          modelId = (await readDrawingFile({ path: first }, host.asker)).model?.modelId ?? '';
        });
        const source = { runId: null, modelId, file: null };
        const order = { path: second, document: { ...documentFrom({ ...drawing }) }, source };
        const saving = await seconds(() =>
          writeDrawingWithWeights({ ...order, expectedHash: null, pictures: false }, host.asker, {
            app: 'claims',
          }),
        );
        const held = busy.end();
        longest = Math.max(longest, held);
        ratios.save.push(saving / plain);
        ratios.open.push(opening / plain);
        say(
          `round ${round}: copying ${plain.toFixed(2)} s, opening ${opening.toFixed(2)} s, saving ${saving.toFixed(2)} s, busy for ${held.toFixed(0)} ms at a time`,
        );
      }
      const [save, opened] = [median(ratios.save), median(ratios.open)];
      return {
        figure: `${(size / 1e6).toFixed(0)} MB: saved in ${save.toFixed(2)} ×, opened in ${opened.toFixed(2)} × that time; the host’s thread was busy for ${longest.toFixed(0)} ms at a time at most`,
        holds: save <= MOST && opened <= MOST && longest <= HELD,
      };
    } finally {
      await host.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/**
 * The longest that this thread was at work without looking up, in milliseconds: between two ticks, the time that the process was
 * computing, so that waiting for a busy machine does not count.
 */
class LongestBusy {
  #longest = 0;
  #since = performance.now();
  #used = process.cpuUsage();
  readonly #timer = setInterval(() => this.#tick(), 5);

  end(): number {
    this.#tick();
    clearInterval(this.#timer);
    return this.#longest;
  }

  #tick(): void {
    const [now, used] = [performance.now(), process.cpuUsage()];
    const computed = (used.user - this.#used.user + used.system - this.#used.system) / 1000;
    this.#longest = Math.max(this.#longest, Math.min(now - this.#since, computed));
    [this.#since, this.#used] = [now, used];
  }
}

async function copyFlushAndHash(from: string, to: string): Promise<void> {
  await pipeline(
    createReadStream(from, { highWaterMark: 1024 * 1024 }),
    createWriteStream(to, { highWaterMark: 1024 * 1024 }),
  );
  const handle = await open(to, 'r+');
  await handle.sync();
  await handle.close();
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(to, { highWaterMark: 1024 * 1024 })) hash.update(chunk);
  hash.digest();
  await rm(to);
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return (performance.now() - since) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
