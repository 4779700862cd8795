import type { Claim } from './claim';
import { outcomeOfJourney } from './journey';

const MOST_CLICKS = 6;
const MOST_SECONDS = 60;

export const firstPath: Claim = {
  name: 'first path',
  bar: `start screen, template, train to its end, codes: at most ${MOST_CLICKS} clicks and ${MOST_SECONDS} s, real Chromium`,
  data: null,
  async check({ root }) {
    const { figures, failed } = outcomeOfJourney(root, 'start-screen.spec.ts');
    const [clicks, codes, end] = ['clicks', 'codes', 'end'].map(
      (name) => figures.get(`first path, ${name}`) ?? Number.POSITIVE_INFINITY,
    );
    return {
      figure: `${clicks} clicks, codes after ${codes} s, trained to the end after ${end} s`,
      holds: failed === 0 && Number(clicks) <= MOST_CLICKS && Number(end) <= MOST_SECONDS,
    };
  },
};
