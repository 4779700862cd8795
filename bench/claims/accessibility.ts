import type { Claim } from './claim';
import { outcomeOfJourney } from './journey';

const FEWEST_STATES = 12;

export const accessibility: Claim = {
  name: 'accessibility',
  bar: `axe finds nothing serious or critical in ${FEWEST_STATES} states at least, dark and light`,
  data: null,
  async check({ root }) {
    const { figures, failed } = outcomeOfJourney(root, 'browser/accessibility.spec.ts');
    return {
      figure: `${figures.size} states without; ${failed === 0 ? 'none' : 'some'} with`,
      holds: figures.size >= FEWEST_STATES && failed === 0,
    };
  },
};
