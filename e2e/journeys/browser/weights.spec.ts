import { expect, test } from '../journey';

test('a run begins with trained weights: the last run’s after an edit, or another model’s, frozen and slowed', async ({
  start,
}) => {
  const { window } = await start();
  const { page } = window;
  page.setDefaultTimeout(20_000);
  const begin = page.getByRole('combobox', { name: 'Begin with' });
  const dialog = page.getByRole('dialog', { name: 'Load weights from another model' });
  const layer = (id: string) =>
    dialog.getByRole('row').filter({ has: page.getByRole('cell', { name: id, exact: true }) });
  const mark = (id: string, name: string | RegExp) => window.node(id).getByRole('img', { name });

  await test.step('the last run’s weights, as far as shapes still match', async () => {
    await window.openExample('digits-and-shapes');
    await window.nothingSelected();
    await window.setNumber('Epochs', 1);
    await expect(begin).toHaveValue('Begin with fresh weights');
    await window.train();
    await expect(window.runState).toContainText('Completed', { timeout: 60_000 });
    await begin.click();
    await page.getByRole('option', { name: 'Begin with the last run’s, 100%' }).click();
    await window.select('code');
    await window.setNumber('Size', 4);
    await expect(begin).toHaveValue(/the last run’s, 9\d%$/);
    await window.train();
    await expect(window.runState).toContainText('Completed', { timeout: 60_000 });
    await window.panel('Runs');
    const tree = page.getByRole('treegrid', { name: 'Kept runs' });
    await expect(tree.locator('tbody tr')).toHaveCount(2);
    await tree.locator('tr[aria-level="2"]').click();
    await expect(page.getByRole('region', { name: 'Details of the run' })).toContainText(
      /Began withthe run before, [\d,]+ weights/,
    );
    await expect(page.getByRole('row', { name: /, branched off from/ })).toHaveCount(1);
    await window.button('As a tree').click();
    await expect(page.getByRole('grid', { name: 'Kept runs' }).locator('tbody tr')).toHaveCount(2);
    await window.button('As a tree').click();
  });

  await test.step('another model’s encoder, shown block by block, and frozen in one step', async () => {
    await window.menu('Run', 'Load weights from another model');
    await dialog.getByRole('radio').nth(1).click();
    await expect(layer('dense-1')).toContainText('loaded');
    await expect(layer('code')).toContainText(/new.*code is \d+×\d+ there/);
    await expect(layer('dense-1′')).toContainText('new');
    await layer('dense-1').getByRole('checkbox', { name: 'Load dense-1' }).click();
    await expect(layer('dense-1')).toContainText('new');
    await dialog.getByText('Encoder', { exact: true }).click();
    await expect(layer('dense-1')).toContainText('loaded');
    await dialog.getByRole('checkbox', { name: 'Freeze what is loaded' }).click();
    await dialog.getByRole('button', { name: 'Use these weights' }).click();
    await expect(dialog).toBeHidden();
    for (const name of ['Loaded weights', 'Frozen weights']) {
      await expect(mark('dense-1', name)).toBeVisible();
      await expect(mark('dense-1′', name)).toBeHidden();
      await expect(mark('code', name)).toBeHidden();
    }
    await window.button('Undo').click();
    await expect(mark('dense-1', 'Frozen weights')).toBeHidden();
    await window.button('Redo').click();
    await window.panel('Run');
    await expect(begin).toHaveValue(/: Encoder, \d+%$/);
  });

  await test.step('blocks learn at rates of their own', async () => {
    await window.select('code');
    await window.setNumber('Rate factor', 0.1);
    await expect(mark('code', 'Learning rate times 0.1')).toBeVisible();
    // The twin follows, unless it differs.
    await expect(mark('code′', 'Learning rate times 0.1')).toBeVisible();
    await window.select('code′');
    await window.setNumber('Rate factor', 2);
    await expect(mark('code′', 'Learning rate times 2')).toBeVisible();
    await expect(mark('code', 'Learning rate times 0.1')).toBeVisible();
  });

  await test.step('and the run says what it began with', async () => {
    await window.train();
    await expect(window.runState).toContainText('Completed', { timeout: 60_000 });
    await window.panel('Runs');
    await expect(page.getByRole('treegrid', { name: 'Kept runs' }).locator('tbody tr')).toHaveCount(3);
    await window.button('As a tree').click();
    await page.getByRole('grid', { name: 'Kept runs' }).locator('tbody tr').first().click();
    await expect(page.getByRole('region', { name: 'Details of the run' })).toContainText(/Began with“.+”/);
  });

  await test.step('after a reload, the last run’s weights are still to begin with', async () => {
    await window.reloadAndRecover();
    await window.panel('Run');
    await begin.click();
    await expect(page.getByRole('option', { name: /^Begin with the last run’s, \d+%/ })).toBeVisible();
    await page.keyboard.press('Escape');
  });
});
