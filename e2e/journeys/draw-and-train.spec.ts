import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './journey';

test('draw a stack from an empty canvas, train it, save it, open it again, undo everything', async ({
  window,
  folder,
}) => {
  const { page } = window;

  await test.step('draw by drag and drop, wire by hand', async () => {
    await window.emptyCanvas();
    await window.dragBlock('Add Dense to the encoder', 0.3, 0.3);
    await expect(window.node('dense-1')).toBeVisible();
    await expect(window.node('dense-1′'), 'the mirror appears at once').toBeVisible();
    await window.dragBlock('Add Code', 0.5, 0.3);
    await expect(window.node('code')).toBeVisible();
    await window.drawWire('input', 'dense-1');
    await window.drawWire('dense-1', 'code');
    await expect(window.wire('dense-1', 'code')).toBeAttached();
    await expect(window.wire('code', 'code′'), 'the decoder wires itself').toBeAttached();
    await expect(window.wire('dense-1~flatten′', 'output')).toBeAttached();
  });

  await test.step('a wrong wire is refused with its reason', async () => {
    await window.showAll();
    await window.holdWire('code', 'dense-1');
    await expect(page.getByRole('alert')).toContainText('ends the encoder');
    await page.mouse.up();
    await expect(window.wire('code', 'dense-1')).toHaveCount(0);
  });

  await test.step('a block dropped on a wire stands in it, and has its twin', async () => {
    await window.tidyUp();
    await window.dragBlockOntoWire('Add Dense to the encoder', 'dense-1', 'code');
    await expect(window.wire('dense-1', 'dense-2')).toBeAttached();
    await expect(window.wire('dense-2', 'code')).toBeAttached();
    await expect(window.wire('dense-2′', 'dense-1′')).toBeAttached();
    await window.tidyUp();
  });

  await test.step('a decoder block is changed and its twin follows', async () => {
    await window.select('dense-1');
    await window.setNumber('Units', 128);
    await window.select('dense-2′');
    await window.setNumber('Units', 48);
    await expect(window.node('dense-2')).toContainText('48');
    await expect(window.wire('dense-1', 'dense-2')).toHaveAccessibleName(/128/);
    await expect(window.wire('dense-2', 'code')).toHaveAccessibleName(/48/);
    await window.choose('Activation', 'Tanh');
    await expect(window.node('dense-2′')).toContainText('≠');
    await expect(window.node('dense-2')).not.toContainText('Tanh');
    await window.select('code');
    await window.setNumber('Size', 16);
    await window.nothingSelected();
    await window.setNumber('Epochs', 1_000);
  });

  await test.step('train: reconstructions stream in and the loss falls', async () => {
    await window.panel('Run');
    await window.train();
    await expect(window.runState).toContainText('Training');
    await expect.poll(() => window.figure('Training loss')).toBeGreaterThan(0);
    const early = await window.figure('Training loss');
    await expect.poll(() => window.reconstructionUpdates(), { timeout: 60_000 }).toBeGreaterThanOrEqual(10);
    await expect.poll(() => window.figure('Training loss'), { timeout: 30_000 }).toBeLessThan(early * 0.7);
    await expect(page.getByRole('img', { name: 'Reconstruction 16', exact: true })).toBeVisible();
    await expect(page.getByRole('img', { name: 'Original 16', exact: true })).toBeVisible();
  });

  await test.step('pause, resume, stop', async () => {
    await window.button('Pause').click();
    await expect(window.runState).toContainText('Paused');
    const step = await window.figure('Step');
    await page.waitForTimeout(600);
    expect(await window.figure('Step')).toBe(step);
    await window.button('Resume').click();
    await expect.poll(() => window.figure('Step')).toBeGreaterThan(step);
    await window.button('Stop').click();
    await expect(window.runState).toContainText('Stopped');
    await expect(window.button('Train')).toBeVisible();
  });

  const file = join(folder, 'my digits.hourglass');
  await test.step('save, reload, open', async () => {
    await page.keyboard.press('Control+s');
    await window.saveInto(folder, 'my digits');
    await expect(page.getByRole('img', { name: 'Unsaved changes' })).toHaveCount(0);
    const saved = JSON.parse(readFileSync(file, 'utf8'));
    expect(saved.blocks.map((block: { id: string }) => block.id)).toEqual([
      'input',
      'dense-1',
      'dense-2',
      'code',
    ]);
    expect(saved.decoder).toEqual({ 'dense-2′': { activation: 'tanh' } });

    await page.reload();
    await window.ready();
    await page.keyboard.press('Control+o');
    await window.openFrom(folder, 'my digits.hourglass');
    await expect(window.node('dense-2')).toContainText('48');
    await expect(window.node('dense-2′')).toContainText('≠');

    await window.emptyCanvas();
    await window.openRecent('my digits');
    await expect(window.node('dense-2′')).toContainText('≠');
  });

  await test.step('every edit is undone, and done again', async () => {
    await window.menu('Arrange', 'Tidy up');
    await window.select('dense-2');
    await page.keyboard.press('Delete');
    await expect(window.wire('dense-1', 'code'), 'the chain closes').toBeAttached();
    await window.select('dense-1');
    await window.setNumber('Units', 99);
    await window.nothingSelected();
    const undo = window.button('Undo');
    let steps = 0;
    while (await undo.isEnabled()) {
      await undo.click();
      steps += 1;
    }
    expect(steps).toBeGreaterThanOrEqual(2);
    await expect(window.node('dense-2')).toContainText('48');
    await expect(window.node('dense-1')).toContainText('128');
    await expect(page.getByRole('img', { name: 'Unsaved changes' })).toHaveCount(0);
    while (await window.button('Redo').isEnabled()) await window.button('Redo').click();
    await expect(window.node('dense-2')).toHaveCount(0);
    await expect(window.node('dense-1')).toContainText('99');
  });
});
