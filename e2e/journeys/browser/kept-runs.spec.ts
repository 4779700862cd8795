import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../journey';

test('runs are kept with their designs: found, named, starred, gone back to and deleted', async ({
  start,
  folder,
}) => {
  const { window, shell } = await start();
  const { page } = window;
  page.setDefaultTimeout(20_000);
  const kept = join(folder, '.hourglass', 'runs');
  const row = (name: string | RegExp) => page.getByRole('row', { name });
  await window.panel('Runs');
  await expect(page.getByText('Train the drawing to see the first.')).toBeVisible();

  await test.step('two runs of two designs', async () => {
    await window.panel('Run');
    await window.openExample('digits-and-shapes');
    await window.nothingSelected();
    await window.setNumber('Epochs', 1);
    await window.train();
    await expect(window.runState).toContainText('Completed', { timeout: 60_000 });
    // The folder comes with the first run, a moment after its end.
    const written = () => (existsSync(kept) ? readdirSync(kept) : []);
    await expect.poll(() => written().filter((name) => !name.startsWith('.')).length).toBe(1);
    await expect(page.getByRole('status', { name: 'Drawing and run' })).toBeHidden();
    await window.select('code');
    await window.setNumber('Size', 4);
    await expect(page.getByRole('status', { name: 'Drawing and run' })).toContainText('has changed');
    await window.train();
    await expect(window.runState).toContainText('Completed', { timeout: 60_000 });
    await window.panel('Runs');
    await expect(page.getByRole('grid', { name: 'Kept runs' }).locator('tbody tr')).toHaveCount(2);
  });

  await test.step('the drawing on the canvas is marked', async () => {
    const marked = page.getByRole('img', { name: /drawing on the canvas is this run/ });
    await expect(marked).toHaveCount(1);
  });

  await test.step('named and starred by keyboard', async () => {
    const first = page.getByRole('grid', { name: 'Kept runs' }).locator('tbody tr').first();
    await first.focus();
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'Name of the run' }).fill('Tiny code');
    await page.keyboard.press('Enter');
    await expect(row('Tiny code')).toBeVisible();
    await expect(row('Tiny code')).toBeFocused();
    await page.keyboard.press('s');
    await expect(page.getByRole('button', { name: 'Star Tiny code' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await window.button('Starred only').click();
    await expect(page.getByRole('grid', { name: 'Kept runs' }).locator('tbody tr')).toHaveCount(1);
    await window.button('Starred only').click();
  });

  await test.step('sorted by code size', async () => {
    const header = page.getByRole('columnheader', { name: 'Code' });
    await header.getByRole('button').click();
    await expect(header).toHaveAttribute('aria-sort', 'ascending');
    await expect(page.getByRole('grid', { name: 'Kept runs' }).locator('tbody tr').first()).toHaveAttribute(
      'aria-label',
      'Tiny code',
    );
  });

  await test.step('back to the other design in one step, and undone', async () => {
    await page.getByRole('grid', { name: 'Kept runs' }).locator('tbody tr').nth(1).click();
    await window.button('Back to this design').click();
    // The blocks move to their places meanwhile.
    await expect(async () => {
      await window.select('code');
      await expect(window.field('Size')).not.toHaveValue('4', { timeout: 2_000 });
    }).toPass({ timeout: 20_000 });
    await page.keyboard.press('Control+z');
    await expect(window.field('Size')).toHaveValue('4');
  });

  await test.step('one is saved as a model file, reported, and opened trained', async () => {
    const details = page.getByRole('region', { name: 'Details of the run' });
    const take = async (what: string, answer: string, name: string) => {
      await details.getByRole('button', { name: 'Save as' }).click();
      await page.getByRole('menuitem', { name: what }).click();
      await page.getByRole('button', { name: answer, exact: true }).click();
      await window.saveAs(folder, name);
    };
    await take('Model file…', 'Save without it', 'kept.hourglass');
    await expect(page.getByText('kept.hourglass holds the drawing and its weights.')).toBeVisible();
    expect(readFileSync(join(folder, 'kept.hourglass')).subarray(0, 2).toString()).toBe('PK');
    await take('Report…', 'With pictures', 'report.html');
    await expect(page.getByText('The report is in report.html.')).toBeVisible();
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toMatch(/<svg[\s\S]*<img/);
    await details.getByRole('button', { name: 'Open trained' }).click();
    await page.getByRole('button', { name: 'Don’t save' }).click();
    const note = page.getByRole('region', { name: 'Opened weights' });
    await expect(note).toContainText('Weights of a kept run: 1 epoch');
    await expect(note.getByRole('button', { name: 'Train on' })).toBeVisible({ timeout: 60_000 });
    await expect(window.runState).toContainText('Completed');
    await window.menu('File', 'Report…');
    await page.getByRole('button', { name: 'Without pictures', exact: true }).click();
    await window.saveAs(folder, 'opened.html');
    await expect(page.getByText('The report is in opened.html.')).toBeVisible();
    await note.getByRole('button', { name: 'Save as' }).click();
    await page.getByRole('menuitem', { name: 'Model for other programs…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export a model' });
    await expect(dialog.getByLabel('Model', { exact: true })).toHaveValue(/opened with its weights/);
    await expect(dialog.getByRole('radio', { name: 'ONNX' })).toBeVisible();
    await page.keyboard.press('Escape');
    await window.panel('Runs');
  });

  await test.step('they are there at the next start, and a damaged folder is passed over with a word', async () => {
    mkdirSync(join(kept, 'half-a-run'));
    // Asked to end, a desktop app would ask about the changes first; its draft is written within two seconds.
    await page.waitForTimeout(2_000);
    await shell.kill();
    const again = await start();
    await again.window.button('Throw them away').click();
    await again.window.panel('Runs');
    const rows = again.window.page.getByRole('grid', { name: 'Kept runs' }).locator('tbody tr');
    await expect(rows).toHaveCount(2);
    await expect(again.window.page.getByText(/passed over: half-a-run/)).toBeVisible();
    await again.window.page.getByRole('row', { name: 'Tiny code' }).click();
    await again.window.page.keyboard.press('Delete');
    await expect(again.window.page.getByRole('dialog')).toContainText('Delete “Tiny code”?');
    await again.window.page.getByRole('dialog').getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(rows).toHaveCount(2);
    await again.window.page.getByRole('row', { name: 'Tiny code' }).click();
    await again.window.page.keyboard.press('Delete');
    await again.window.page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(rows).toHaveCount(1);
    expect(readdirSync(kept).filter((name) => name !== 'half-a-run')).toHaveLength(1);
  });
});
