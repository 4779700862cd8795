import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../journey';

test('the codes of a data set are written with the weights of a kept run, and called off', async ({
  start,
  folder,
}) => {
  const { window } = await start();
  const { page } = window;
  page.setDefaultTimeout(20_000);
  writeFileSync(join(folder, 'some.npy'), pictures(300));
  writeFileSync(join(folder, 'many.npy'), pictures(300_000));
  await window.openExample('digits-and-shapes');
  await window.nothingSelected();
  await window.setNumber('Epochs', 1);
  await window.train();
  await expect(window.runState).toContainText('Completed', { timeout: 60_000 });
  await window.panel('Runs');
  const run = page.getByRole('grid', { name: 'Kept runs' }).locator('tbody tr').first();
  await expect(run).toBeVisible({ timeout: 60_000 });
  await run.click();
  const details = page.getByRole('region', { name: 'Details of the run' });
  const choose = async (name: string) => {
    await details.getByRole('button', { name: 'Save as' }).click();
    await page.getByRole('menuitem', { name: 'Codes of a data set…' }).click();
    const field = page.getByLabel('Folder', { exact: true });
    await field.fill(folder);
    await field.press('Enter');
    await page.getByRole('option', { name: new RegExp(`^${name}`) }).dblclick();
    await expect(page.getByRole('dialog')).toContainText(`Save the codes of ${name}`);
  };

  await choose('some.npy');
  await window.saveAs(folder, 'codes.csv');
  await expect(page.getByText('codes.csv holds 300 codes of 16 values.')).toBeVisible();
  const lines = readFileSync(join(folder, 'codes.csv'), 'utf8').trimEnd().split('\n');
  expect(lines.length).toBe(301);
  expect(lines[0]).toMatch(/^sample,u0,u1,/);

  await choose('many.npy');
  const field = page.getByLabel('Folder', { exact: true });
  await field.fill(folder);
  await field.press('Enter');
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('called-off.csv');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(details.getByText('Writing called-off.csv …')).toBeVisible();
  await expect(details.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[1-9]/);
  await details.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(details.getByRole('progressbar')).toBeHidden();
  await expect.poll(() => readdirSync(folder).filter((name) => name.startsWith('called-off'))).toEqual([]);
});

/** An NPY file of grey bytes, 28 × 28. */
function pictures(count: number): Buffer {
  const literal = `{'descr': '|u1', 'fortran_order': False, 'shape': (${count}, 28, 28), }`;
  const head = Buffer.alloc(128, ' ');
  head.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
  head.write(literal, 10, 'latin1');
  head[127] = 0x0a;
  return Buffer.concat([head, Buffer.alloc(count * 784, 60)]);
}
