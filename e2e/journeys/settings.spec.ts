import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './journey';

test('settings: engine, threads, folders, looks', async ({ window, folder }) => {
  const { page } = window;
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const kept = () => JSON.parse(readFileSync(join(folder, '.hourglass', 'settings.json'), 'utf8'));
  const status = page.getByRole('status', { name: 'Engine' });
  await page.keyboard.press('Control+,');
  await test.step('the engine counts from the next run on', async () => {
    await window.choose('Engine', await optionWith('ONNX Runtime'));
    await expect(status).toContainText('ONNX Runtime');
    await expect.poll(() => kept().engine).toBe('onnx');
  });
  await test.step('threads reach the engine when it is started anew', async () => {
    await window.choose('Threads', '1 thread');
    await settings.getByRole('button', { name: 'Restart the engine' }).click();
    await expect(status).toContainText('1 thread');
    await expect(settings.getByRole('button', { name: 'Restart the engine' })).toHaveCount(0);
  });
  await test.step('a folder has to be one', async () => {
    await settings.getByRole('tab', { name: 'Files and start' }).click();
    const field = settings.getByLabel('Runs are kept in', { exact: true });
    await field.fill('/nowhere/at/all');
    await field.press('Enter');
    await expect(page.getByText('Expected a file or folder at /nowhere/at/all')).toBeVisible();
    await expect(field).toHaveValue('');
    mkdirSync(join(folder, 'runs-here'));
    await field.fill(join(folder, 'runs-here'));
    await field.press('Enter');
    await expect.poll(() => kept().runsFolder).toBe(join(folder, 'runs-here'));
  });
  await test.step('colours and motion', async () => {
    await settings.getByRole('tab', { name: 'Looks' }).click();
    const looks = settings.getByRole('radiogroup', { name: 'Colours' });
    const root = page.locator('html');
    await looks.getByText('Dark', { exact: true }).click();
    await expect(root).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await looks.getByText('Light', { exact: true }).click();
    await expect(root).toHaveAttribute('data-mantine-color-scheme', 'light');
    await settings.getByRole('radiogroup', { name: 'Motion' }).getByText('Off', { exact: true }).click();
    await expect(root).toHaveAttribute('data-still');
  });
  await page.keyboard.press('Escape');
  await test.step('a run trains with what was chosen', async () => {
    await window.train();
    await expect(window.runState).toContainText(/Training|Completed/);
    await expect(status).toContainText(/ONNX Runtime.*1 thread/);
  });

  async function optionWith(name: string): Promise<string> {
    await page.getByRole('combobox', { name: 'Engine', exact: true }).click();
    const label = await page.getByRole('option', { name: new RegExp(`^${name} \\d`) }).textContent();
    await page.keyboard.press('Escape');
    return label ?? '';
  }
});
