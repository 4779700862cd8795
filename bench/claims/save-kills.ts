import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readModelFile } from '../../main/models/model-file-reader';
import { writeModelFile } from '../../main/models/model-file-writer';
import { uniforms } from '../../main/random/philox';
import type { Claim } from './claim';
import { numberedModel, numberOf } from './numbered-model';

const KILLS = 1000;
const SEED = 20261127;
/** Milliseconds after its first save within which a process is killed: a few saves. */
const WITHIN = 150;

export const saveKills: Claim = {
  name: 'save-kills',
  bar: `kill −9 while models of 1 MB are saved, ${KILLS.toLocaleString('en')} times: each time the file is a whole model, none older than the last acknowledged save; nothing is left beside it after the next save`,
  data: null,
  async check({ root, say }) {
    const folder = await mkdtemp(join(tmpdir(), 'hourglass-kills-'));
    const file = join(folder, 'model.hourglass');
    const child = join(root, 'dist', 'claims', 'saving-child.mjs');
    const moments = uniforms(SEED, 'moments', 0, KILLS);
    let [readable, kept, left, next, saves] = [0, 0, 0, 1, 0];
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        const acknowledged = await savesUntilKilled(child, file, next, moments[kill]! * WITHIN);
        saves += acknowledged - next + 1;
        const number = await numberIn(file, say);
        if (number !== null) readable += 1;
        if (number !== null && number >= acknowledged) kept += 1;
        left += (await besides(folder)).length;
        next = Math.max(acknowledged, number ?? 0) + 1;
        if (kill % 100 === 99) say(`${kill + 1} kills, ${saves} saves, ${readable} readable, ${kept} kept`);
      }
      await writeModelFile(file, numberedModel(next));
      const forgotten = await besides(folder);
      return {
        figure: `${readable} of ${KILLS} readable, ${kept} of ${KILLS} with the last acknowledged save or the one after it (${saves} acknowledged saves in all); kills left ${left} times a file beside it, ${forgotten.length} of which are there after the next save`,
        holds: readable === KILLS && kept === KILLS && forgotten.length === 0 && left > 0,
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** @returns the last number that was acknowledged */
function savesUntilKilled(program: string, file: string, from: number, after: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, file, String(from)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let last = 0;
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString();
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (last === 0) setTimeout(() => child.kill('SIGKILL'), after);
      last = Number(line);
    });
    child.on('error', reject);
    child.on('close', (_, signal) => {
      if (signal === 'SIGKILL' && last > 0) resolve(last);
      else reject(new Error(`The saving process ended by itself: ${said.slice(-2000)}`));
    });
  });
}

async function numberIn(file: string, say: (line: string) => void): Promise<number | null> {
  try {
    return numberOf(await readModelFile(file));
  } catch (error) {
    say(String(error));
    return null;
  }
}

async function besides(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name !== 'model.hourglass');
}
