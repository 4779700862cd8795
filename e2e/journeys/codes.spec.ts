import { expect, test } from './journey';

test('one value of a code is varied while the others are held', async ({ window }) => {
  const { page } = window;
  await window.panel('Code');
  await expect(page.getByRole('tabpanel')).toContainText('Train a drawing');
  await window.nothingSelected();
  await window.setNumber('Code size', 4);
  await window.setNumber('Epochs', 1);
  await window.panel('Run');
  await window.train();
  await expect(page.getByLabel('Run state')).toHaveAttribute('data-phase', 'completed', { timeout: 60_000 });

  await window.panel('Code');
  const sliders = page.getByRole('slider', { name: /of the code$/ });
  await expect(sliders).toHaveCount(4);
  const decoded = page.getByRole('img', { name: 'Decoded sample' });
  await expect(decoded).toBeVisible();
  const walk = page.getByRole('img', { name: /standard deviations$/ });
  await expect(walk).toHaveCount(7);
  const picture = () => decoded.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const before = await picture();
  for (let press = 0; press < 20; press += 1) await sliders.first().press('ArrowRight');
  await expect.poll(picture).not.toBe(before);
  await page.screenshot({ path: test.info().outputPath('codes.png') });
  await page.getByRole('button', { name: 'Reset the code' }).click();
  await expect.poll(picture).toBe(before);
  await page.getByRole('button', { name: 'Sample 5', exact: true }).click();
  await expect.poll(picture).not.toBe(before);
});
