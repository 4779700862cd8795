import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../journey';

const ROWS = 600;
const VALUES = 12;

/** An NPY file of 600 × 12 float32: the first six values go up and down together, and so do the last six. */
function correlatedGroups(): Buffer {
  const values = new Float32Array(ROWS * VALUES);
  for (let row = 0; row < ROWS; row += 1) {
    // Two slow waves of unlike lengths pass through every pair of levels.
    const levels = [0.5 + 0.45 * Math.sin(row * 0.7), 0.5 + 0.45 * Math.sin(row * 1.9 + 1)];
    for (let at = 0; at < VALUES; at += 1) {
      const ripple = 0.04 * Math.sin(row * 13 + at * 7);
      values[row * VALUES + at] = (levels[at < VALUES / 2 ? 0 : 1] ?? 0) + ripple;
    }
  }
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${ROWS}, ${VALUES}), }`;
  const header = `${text.padEnd(117)}\n`;
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0]);
  return Buffer.concat([start, Buffer.from(header), Buffer.from(values.buffer)]);
}

test('vectors are opened, learnt and shown as charts', async ({ window, folder }) => {
  const { page } = window;
  // What it is, its content says; its name does not.
  writeFileSync(join(folder, 'readings.data'), correlatedGroups());
  await window.chooseFile(folder, 'readings.data');
  await expect(page.getByLabel('About the data')).toContainText('float32');
  await expect(window.node('input')).toContainText('12');
  await expect(page.getByRole('list', { name: 'Samples' }).getByRole('img').first()).toBeVisible();
  await window.nothingSelected();
  await window.setNumber('Code size', 2);
  await window.setNumber('Epochs', 400);
  await window.setNumber('Learning rate', 0.01);
  await window.choose('Loss', 'Mean squared error');
  await window.panel('Run');
  await window.train();
  await expect.poll(() => window.figure('Training loss')).toBeGreaterThan(0);
  const chart = page.getByRole('img', { name: 'Sample 16 and its reconstruction', exact: true });
  await expect(chart).toBeVisible();
  const { width, height } = (await chart.boundingBox())!;
  expect(width, 'a chart, not a picture of 12 × 1 pixels').toBeGreaterThan(60);
  expect(height).toBeGreaterThan(30);
  await expect.poll(() => window.reconstructionUpdates()).toBeGreaterThan(2);
  await expect.poll(() => window.figure('Training loss'), { timeout: 20_000 }).toBeLessThan(0.01);
  await page.screenshot({ path: test.info().outputPath('vectors.png') });

  await test.step('the chart says its values, and is as fine as the screen', async () => {
    await expect(chart).toHaveAttribute('aria-description', /^Original: .*\d+, \d+.* Reconstruction: .*\d+/);
    const drawn = () =>
      chart.evaluate((canvas) => (canvas as HTMLCanvasElement).width / (canvas as HTMLElement).clientWidth);
    expect(await drawn()).toBeCloseTo(1, 1);
    const session = await page.context().newCDPSession(page);
    const screen = { width: 1280, height: 720, mobile: false };
    await session.send('Emulation.setDeviceMetricsOverride', { ...screen, deviceScaleFactor: 2 });
    await expect.poll(() => page.evaluate(() => devicePixelRatio)).toBe(2);
    await expect.poll(drawn).toBeCloseTo(2, 1);
  });
});

/** 300 rows of five values that follow from one, under their names and after a class; every third row is of class b. */
function table(): string {
  const rows = Array.from({ length: 300 }, (_, row) => {
    const level = Math.sin(row * 0.7);
    return [
      row % 3 === 0 ? 'b' : 'a',
      ...[1, 50, 1000, -3, 0.2].map((unit) => (unit * level).toFixed(4)),
    ].join(';');
  });
  return ['class;p;q;r;s;t', ...rows].join('\n');
}

test('a table is opened, scaled, filtered by its labels and learnt', async ({ window, folder }) => {
  const { page } = window;
  writeFileSync(join(folder, 'beats.csv'), table());
  await window.chooseFile(folder, 'beats.csv');
  const facts = page.getByLabel('About the data');
  await expect(facts).toContainText('float32, -1000 to 1000');
  await expect(facts).toContainText('2: a, b');
  await expect(window.node('input')).toContainText('5');
  await expect(page.getByRole('combobox', { name: 'Scaling' })).toHaveValue('Standardise');
  await expect(page.getByRole('combobox', { name: 'Label', exact: true })).toHaveValue('First column');

  await page.getByRole('combobox', { name: 'Train on' }).click();
  await page.getByRole('option', { name: 'a (200)' }).click();
  await page.keyboard.press('Escape');
  const heldOut = page.getByRole('textbox', { name: 'Held out' });
  await heldOut.fill('20');
  await heldOut.press('Enter');
  await expect(facts.locator('dt:text-is("Training") + dd')).toHaveText('144');
  await expect(facts.locator('dt:has-text("Held out") + dd')).toHaveText('40');
  await expect(facts.locator('dt:has-text("Excluded") + dd')).toHaveText('100');
  await page.getByRole('radiogroup', { name: 'Split' }).getByText('Excluded').click();
  await expect(page.getByRole('list', { name: 'Samples' }).getByRole('img').first()).toHaveAccessibleName(
    'Sample 1, b',
  );

  await window.nothingSelected();
  await window.setNumber('Code size', 2);
  await window.setNumber('Epochs', 40);
  await window.choose('Loss', 'Mean squared error');
  await window.panel('Run');
  await window.train();
  await expect.poll(() => window.figure('Training loss')).toBeGreaterThan(0);
  await expect(
    page.getByRole('img', { name: 'Sample 16 and its reconstruction', exact: true }),
  ).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('table.png') });

  writeFileSync(join(folder, 'more.csv'), table());
  await expect(window.runState).toContainText('Completed', { timeout: 30_000 });
  await page.getByRole('region', { name: 'A file of your own' }).getByRole('button').click();
  await window.answerWithFile(folder, 'more.csv');
  await expect(page.getByRole('row', { name: /^more\.csv/ })).toContainText('300');
  await page.screenshot({ path: test.info().outputPath('own-file.png') });
});
