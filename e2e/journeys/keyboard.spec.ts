import type { Locator } from '@playwright/test';
import { expect, test } from './journey';

test('draw, change and train without a pointer', async ({ window }) => {
  // Some hundred keys, one after the other.
  test.setTimeout(240_000);
  const { page } = window;
  const { keyboard } = page;
  /** Walks with Tab, as there is nothing else to walk with. */
  const walkTo = async (place: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') => {
    for (let steps = 0; steps < 120; steps += 1) {
      if (await place.evaluate((element) => element === document.activeElement)) return;
      await keyboard.press(key);
    }
    throw new Error(`${place} was not reached with ${key}`);
  };
  const choose = async (field: Locator, option: string) => {
    await walkTo(field);
    await keyboard.press('Enter');
    const wanted = page.getByRole('option', { name: option, exact: true });
    await expect(wanted).toBeVisible();
    for (let steps = 0; steps < 20; steps += 1) {
      if ((await wanted.getAttribute('data-combobox-selected')) === 'true') break;
      await keyboard.press('ArrowDown');
    }
    await keyboard.press('Enter');
  };

  await keyboard.press('Control+Alt+n');
  await walkTo(page.getByRole('button', { name: 'Empty canvas' }), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();

  await test.step('add a block and the code from the palette', async () => {
    await walkTo(page.getByRole('button', { name: 'Add Dense to the encoder', exact: true }));
    await keyboard.press('Enter');
    await expect(window.node('dense-1')).toHaveClass(/selected/);
    await walkTo(page.getByRole('button', { name: 'Add Code', exact: true }));
    await keyboard.press('Enter');
    await expect(window.wire('dense-1', 'code')).toBeAttached();
  });

  await test.step('take wires off and draw others', async () => {
    await walkTo(window.node('code'));
    await keyboard.press('Enter');
    await expect(window.node('code')).toHaveClass(/selected/);
    await choose(window.field('From'), 'nothing');
    await expect(window.wire('dense-1', 'code')).toHaveCount(0);
    await walkTo(window.node('dense-1'));
    await keyboard.press('Enter');
    await expect(window.node('dense-1')).toHaveClass(/selected/);
    await choose(window.field('From'), 'nothing');
    await walkTo(window.node('input'));
    await keyboard.press('Enter');
    await expect(window.node('input')).toHaveClass(/selected/);
    await choose(window.field('To'), 'code');
    await expect(window.wire('input', 'code~flatten')).toBeAttached();
    await choose(window.field('To'), 'dense-1');
    await expect(window.wire('input', 'dense-1~flatten')).toBeAttached();
    await walkTo(window.node('code'));
    await keyboard.press('Enter');
    await expect(window.node('code')).toHaveClass(/selected/);
    await choose(window.field('From'), 'dense-1');
    await expect(window.wire('dense-1', 'code')).toBeAttached();
  });

  await test.step('change a parameter', async () => {
    await walkTo(window.field('Size'), 'Shift+Tab');
    await keyboard.type('12');
    await keyboard.press('Enter');
    await expect(window.node('code')).toContainText('12');
  });

  await test.step('Enter opens the inspector where it is closed', async () => {
    await walkTo(window.node('code'));
    await keyboard.press('Control+i');
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeHidden();
    await keyboard.press('Enter');
    await expect(
      page.getByRole('complementary', { name: 'Inspector' }).getByRole('textbox').first(),
    ).toBeFocused();
  });

  await test.step('train', async () => {
    await keyboard.press('Control+Enter');
    await expect.poll(() => window.reconstructionUpdates()).toBeGreaterThan(0);
    await expect(window.runState).toContainText(/Training|Completed/);
    await keyboard.press('Control+Alt+Enter');
    await expect(window.runState).toContainText(/Stopped|Completed/);
  });
});
