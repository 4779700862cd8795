import type { Assertion, ListedOnly } from './assertion';
import { pageAssertions } from './page-assertions';
import { processAssertions } from './process-assertions';
import { settingsAssertions } from './settings-assertions';
import { windowAssertions } from './window-assertions';

/** Electron's security checklist as far as a running app shows it, in its own order. */
export const checklist: readonly Assertion[] = [
  ...pageAssertions,
  ...processAssertions,
  ...settingsAssertions,
  ...windowAssertions,
].sort((a, b) => a.number - b.number);

/** The points that are checked elsewhere, or that an old Electron has nothing to show of. */
export const checkedElsewhere: readonly ListedOnly[] = [
  {
    number: 16,
    title: 'the Electron that is packaged is supported, and at most 60 days behind the newest',
    because:
      'it is about what is packaged, not what runs here: scripts/electron-age.mjs, asked by `npm run package`',
  },
  {
    number: 19,
    title: 'the fuses are set: no Node by environment or command line, no altered archive',
    because:
      'fuses came with Electron 12: scripts/package.mjs reads them back from every package that has them',
  },
];
