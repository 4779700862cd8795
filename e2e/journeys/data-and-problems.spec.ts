import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './journey';

test('choose the colour scenes and browse their samples and splits', async ({ window }) => {
  const { page } = window;
  await window.chooseData(/Colour scenes/);
  await expect(page.getByLabel('About the data')).toContainText('32×32×3', { timeout: 30_000 });
  await expect(page.getByRole('list', { name: 'Samples' }).getByRole('img').first()).toBeVisible();
  await expect(window.node('input')).toContainText('32×32×3');
  await page.getByRole('radiogroup', { name: 'Split' }).getByText('Test').click();
  await expect(page.getByRole('list', { name: 'Samples' }).getByRole('img').first()).toBeVisible();
});

test('a folder that holds no data is refused with a sentence', async ({ window, folder }) => {
  const { page } = window;
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'empty', 'notes.txt'), 'nothing to see');
  await window.panel('Data');
  await window.button('Files…').click();
  await page.getByLabel('Folder', { exact: true }).fill(join(folder, 'empty'));
  await page.getByLabel('Folder', { exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Use this folder' }).click();
  await expect(page.getByText(/no pictures|picture|not recognised|expected/i).first()).toBeVisible();
});

test('problems stand on their block and in the list, and lead to it', async ({ window }) => {
  const { page } = window;
  await window.emptyCanvas();
  await window.dragBlock('Add Code', 0.5, 0.3);
  await window.panel('Problems');
  const list = page.getByRole('list', { name: 'Problems' });
  await expect(list).toContainText('does not reach the code');
  await expect(page.getByRole('img', { name: 'Problem of input' })).toBeVisible();
  await list.getByRole('button').first().click();
  await expect(window.node('input')).toHaveClass(/selected/);
});

test('the stack can be written by its four hyperparameters', async ({ window }) => {
  await window.nothingSelected();
  await window.setNumber('Layers', 3);
  await expect(window.node('dense-3')).toBeVisible();
  await window.setNumber('Code size', 8);
  await expect(window.node('code')).toContainText('8');
  await window.button('Undo').click();
  await window.button('Undo').click();
  await expect(window.node('dense-3')).toHaveCount(0);
});

test('dark and light', async ({ window }, info) => {
  const { page } = window;
  for (const scheme of ['dark', 'light'] as const) {
    const other = page.getByRole('button', { name: `Use ${scheme} colours` });
    if (await other.isVisible()) await other.click();
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    await page.screenshot({ path: info.outputPath(`${scheme}.png`) });
  }
});
