import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './journey';

test('a trained model is taken elsewhere: written, compared, and replaced where that is wanted', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const dialog = page.getByRole('dialog', { name: 'Export a model' });

  await window.openExample('digits-and-shapes');
  await window.nothingSelected();
  await window.setNumber('Epochs', 1);
  await window.train();
  await expect(window.runState).toContainText('Completed', { timeout: 60_000 });

  await test.step('as an ONNX file', async () => {
    // The run is kept a moment after its end.
    await window.panel('Runs');
    await expect(page.getByRole('grid', { name: 'Kept runs' }).locator('tbody tr')).toHaveCount(1);
    await window.menu('File', 'Export model…');
    await expect(dialog.getByRole('radio', { name: 'ONNX' })).toBeChecked();
    await dialog.getByText('Encoder', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Export…' }).click();
    await window.saveAs(folder, 'codes.onnx');
    await expect(dialog.getByRole('region', { name: 'What was exported' })).toContainText(
      'Run once more by ONNX',
      {
        timeout: 30_000,
      },
    );
    expect(String(readFileSync(join(folder, 'codes.onnx')))).toContain('hourglass.largestDifference');
  });

  await test.step('as a folder for web pages, twice', async () => {
    await dialog.getByRole('radio', { name: 'TensorFlow.js LayersModel' }).check();
    await dialog.getByText('Whole', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Export…' }).click();
    await window.useFolder(folder);
    await expect(dialog.getByRole('region', { name: 'What was exported' })).toContainText('TensorFlow.js', {
      timeout: 30_000,
    });
    expect(existsSync(join(folder, 'Digits-and-shapes-tfjs', 'model.json'))).toBe(true);
    await dialog.getByRole('button', { name: 'Export…' }).click();
    await window.useFolder(folder);
    await page.getByRole('button', { name: 'Replace', exact: true }).click();
    await expect(dialog.getByRole('region', { name: 'What was exported' })).toContainText('TensorFlow.js', {
      timeout: 30_000,
    });
  });
});
