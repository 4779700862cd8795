import { editAtRandom } from '../../renderer/state/edit-sequences';
import { newDocument } from '../../shared/document/new-document';
import type { Claim } from './claim';

const SEEDS = 20;
const STEPS = 10_000;

export const edits: Claim = {
  name: 'edits',
  bar: `random edits and gestures of every kind, ${STEPS.toLocaleString('en')} a seed, ${SEEDS} seeds: 0 invalid drawings, one gesture one step, and all the history that is kept, undone and redone in between, leads over the same drawings`,
  data: null,
  async check({ say }) {
    let [taken, finished] = [0, 0];
    const faults: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const result = editAtRandom(newDocument(), seed, STEPS);
      taken += result.taken;
      finished += result.finished;
      faults.push(...result.faults.map((fault) => `seed ${seed}, ${fault}`));
      say(`seed ${seed}: ${result.taken} of ${STEPS} edits taken, ${result.faults.length} faults`);
    }
    for (const fault of faults.slice(0, 20)) say(fault);
    const count = (value: number) => value.toLocaleString('en');
    return {
      figure: `${faults.length} faults in ${count(taken)} edits that changed something, of ${count(SEEDS * STEPS)} tried; ${count(finished)} of these drawings can be trained`,
      holds: faults.length === 0 && taken > 0,
    };
  },
};
