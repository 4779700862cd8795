import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../journey';

test('data are chosen; those that are none are refused, and the data in use stay', async ({
  window,
  folder,
}) => {
  const { page } = window;
  await test.step('a folder that holds no data is refused with a sentence', async () => {
    mkdirSync(join(folder, 'empty'));
    writeFileSync(join(folder, 'empty', 'notes.txt'), 'nothing to see');
    await window.chooseFolder(join(folder, 'empty'));
    const refusal = page.getByRole('tabpanel', { name: 'Data' }).getByRole('alert');
    await expect(refusal).toContainText('(it holds notes.txt)');
    await expect(page.getByLabel('About the data'), 'the data in use stay').toContainText('28×28×1');
    await refusal.getByRole('button', { name: 'Keep the data in use' }).click();
    await expect(refusal).toBeHidden();
  });
  await test.step('choose the colour scenes and browse their samples and splits', async () => {
    await window.chooseData(/Colour scenes/);
    await expect(page.getByLabel('About the data')).toContainText('32×32×3', { timeout: 30_000 });
    await expect(page.getByRole('list', { name: 'Samples' }).getByRole('img').first()).toBeVisible();
    await expect(window.node('input')).toContainText('32×32×3');
    await page.getByRole('radiogroup', { name: 'Split' }).getByText('Test').click();
    await expect(page.getByRole('list', { name: 'Samples' }).getByRole('img').first()).toBeVisible();
  });
  await test.step('a folder with a broken picture names it, and is taken without it', async () => {
    const png = await window.drawnPicture();
    const pictures = join(folder, 'pictures');
    mkdirSync(pictures);
    for (let index = 1; index <= 12; index += 1) writeFileSync(join(pictures, `${index}.png`), png);
    writeFileSync(join(pictures, 'torn.png'), png.subarray(0, 40));
    await window.chooseFolder(pictures);
    const refusal = page.getByRole('tabpanel', { name: 'Data' }).getByRole('alert');
    await expect(refusal).toContainText('torn.png');
    await refusal.getByRole('button', { name: 'Skip broken pictures' }).click();
    await expect(page.getByLabel('About the data')).toContainText('60×90×3');
    await expect(window.node('input')).toContainText('60×90×3');
  });
});

test('problems stand where they are, and behind them what can still be known', async ({ window }) => {
  const { page } = window;
  await test.step('dark and light', async () => {
    for (const scheme of ['dark', 'light'] as const) {
      const other = page.getByRole('button', { name: `Use ${scheme} colours` });
      if (await other.isVisible()) await other.click();
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    }
  });
  await test.step('the stack can be written by its four hyperparameters', async () => {
    await window.nothingSelected();
    await window.setNumber('Layers', 3);
    await expect(window.node('dense-3')).toBeVisible();
    await window.setNumber('Code size', 8);
    await expect(window.node('code')).toContainText('8');
    await window.button('Undo').click();
    await window.button('Undo').click();
    await expect(window.node('dense-3')).toHaveCount(0);
  });
  await test.step('problems stand on their block and in the list, and lead to it', async () => {
    await window.emptyCanvas();
    await window.dragBlock('Add Code', 0.5, 0.3);
    await window.panel('Problems');
    const list = page.getByRole('list', { name: 'Problems' });
    await expect(list).toContainText('does not reach the code');
    await expect(page.getByRole('img', { name: 'Problem of input' })).toBeVisible();
    await list.getByRole('button').first().click();
    await expect(window.node('input')).toHaveClass(/selected/);
  });
  await test.step('behind a problem, what can still be known is shown, and where the shapes stop', async () => {
    await window.openExample('mnist-conv');
    await window.button('Don’t save').click();
    await window.select('conv-1');
    await window.choose('Padding', 'Valid');
    await window.setNumber('Kernel', 40);
    const shapes = page.getByRole('region', { name: 'Shapes' });
    await expect(shapes).toContainText('28×28×1');
    await window.select('conv-2');
    await expect(shapes).toContainText('The shapes stop at conv-1. ');
    await window.select('code′');
    await expect(shapes).toContainText('In32');
    await shapes.getByRole('button', { name: 'Go to conv-1' }).click();
    await expect(window.node('conv-1')).toHaveClass(/selected/);
  });
});
