import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../journey';

const fixtures = join(import.meta.dirname, '..', '..', '..', 'main', 'import', 'fixtures');

test('a model of Keras becomes a drawing with its weights; code in a file is refused', async ({
  start,
  folder,
}) => {
  const { window } = await start();
  const dialog = window.page.getByRole('dialog');
  await test.step('what holds code is refused by name, and nothing changes', async () => {
    await window.menu('File', 'Import a model…');
    await window.pickFrom(fixtures, 'keras-lambda.keras');
    await expect(dialog).toContainText('“doubled” (Lambda) is code of its own, which is never run.');
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await expect(window.node('conv-1')).toHaveCount(0);
  });

  await test.step('a mirrored model is drawn, and it is said how far it is from its own output', async () => {
    await window.menu('File', 'Import a model…');
    await window.pickFrom(fixtures, 'keras-halves.keras');
    await expect(dialog).toContainText('Drawn from Keras 3.15.1, with its weights.');
    await expect(dialog).toContainText(
      /differs from the model’s \(Hourglass’ own arithmetic\) by at most \d/,
    );
    await dialog.getByRole('button', { name: 'Go on', exact: true }).click();
    for (const id of ['conv-1', 'max-pool-1', 'dropout-1', 'code', 'max-pool-1′', 'conv-1′']) {
      await expect(window.node(id)).toBeVisible();
    }
    await window.button('Not now').click();
  });

  await test.step('it is saved with its weights', async () => {
    await window.menu('File', 'Save with weights…');
    await window.page.getByRole('button', { name: 'Save…', exact: true }).click();
    await window.saveInto(folder, 'imported');
    const beginning = () =>
      readFileSync(join(folder, 'imported.hourglass')).subarray(0, 2).toString('latin1');
    await expect.poll(beginning).toBe('PK');
  });
});
