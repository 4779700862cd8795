import { type Claim, known } from './claim';
import { outcomeOfJourney } from './journey';

const FRAME = 8;
const TASK = 100;
const GESTURES = ['pan', 'zoom', 'drag'];

export const manyBlocks: Claim = {
  name: 'many-blocks',
  bar: `200 blocks while training, real Chromium: script and layout ≤ ${FRAME} ms a frame at the median, no task > ${TASK} ms`,
  data: null,
  async check({ root }) {
    const { failed, figures } = outcomeOfJourney(root, 'browser/many-blocks.spec.ts');
    const of = (name: string) => known(figures.get(name), name);
    const frames = GESTURES.map((gesture) => of(`${gesture}, script and layout a frame`));
    const task = of('longest task');
    const words = GESTURES.map(
      (gesture, index) => `${gesture} ${frames[index]} ms (${of(`${gesture}, frames a second`)} frames/s)`,
    );
    return {
      figure: `${words.join(', ')}, longest task ${task} ms`,
      holds: failed === 0 && frames.every((ms) => ms <= FRAME) && task <= TASK,
    };
  },
};
