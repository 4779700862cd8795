import { expect, test } from '@playwright/test';
import type { Assertion } from '../../security/assertion';
import { type CheckedApp, startChecked } from '../../security/checked-app';
import { checkedElsewhere, checklist } from '../../security/checklist';

test.describe.configure({ mode: 'default' });

/** What ends a check that its missing protection makes wait for ever. */
const PATIENCE = 25_000;

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('It took too long.')), PATIENCE);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

test('the list has all twenty points', () => {
  for (const { number, title, because } of checkedElsewhere) console.log(`${number}. ${title}: ${because}.`);
  const numbers = [...checklist, ...checkedElsewhere].map(({ number }) => number);
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

for (const assertion of checklist) {
  const name = `${assertion.number}. ${assertion.title}`;

  test(name, async () => {
    const app = await startChecked();
    try {
      await within(assertion.check(app));
    } finally {
      await app.end();
    }
  });

  test(`${name}: not so without its protection`, async () => {
    const app = await startWithout(assertion);
    try {
      await expect(within(assertion.check(app))).rejects.toThrow();
    } finally {
      await app.end();
    }
  });
}

function startWithout({ without }: Assertion): Promise<CheckedApp> {
  return 'edits' in without ? startChecked(without.edits) : startChecked([], without.args);
}
