import type { Locator } from '@playwright/test';
import type { HourglassWindow } from '../../pages/hourglass-window';
import { expect, test } from '../journey';

const pixelsOf = (canvas: Locator) =>
  canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());

/** Trains codes of four values for an epoch and looks at them. */
async function trained(window: HourglassWindow): Promise<void> {
  await window.nothingSelected();
  await window.setNumber('Code size', 4);
  await window.setNumber('Epochs', 1);
  await window.panel('Run');
  await window.train();
  await expect(window.runState).toHaveAttribute('data-phase', 'completed', { timeout: 60_000 });
  await window.panel('Code');
  await expect(window.codeMap).toHaveAttribute('data-painted', '600');
}

test('codes are varied, seen in a plane, in between, one by one, and laid out', async ({ window }) => {
  await window.panel('Code');
  await expect(window.page.getByRole('tabpanel')).toContainText('Train a drawing');
  await trained(window);
  await test.step('one value is varied while the others are held', () => varied(window));
  await test.step('they are laid out by two of their values, and by UMAP', () => laidOut(window));
  await window.choose('Layout', 'PCA');
  await test.step('they are hovered, brushed and decoded in a plane', () => inPlane(window));
  await test.step('what lies between is seen: strips, grids, each value by itself', () => between(window));
});

async function varied(window: HourglassWindow): Promise<void> {
  const { page } = window;
  const sliders = page.getByRole('slider', { name: /of the code$/ });
  await expect(sliders).toHaveCount(4);
  const decoded = page.getByRole('img', { name: 'Decoded sample' });
  await expect(decoded).toBeVisible();
  await expect(page.getByRole('img', { name: /standard deviations$/ })).toHaveCount(7);
  await expect(page.getByText('The code of this sample.')).toBeVisible();
  const before = await pixelsOf(decoded);
  for (let press = 0; press < 20; press += 1) await sliders.first().press('ArrowRight');
  await expect.poll(() => pixelsOf(decoded)).not.toBe(before);
  await expect(page.getByText(/the usual distance to a real code/)).toBeVisible();
  await window.button('Reset the code').click();
  await expect.poll(() => pixelsOf(decoded)).toBe(before);
  await page.getByLabel('Sample to start from').fill('5');
  await expect.poll(() => pixelsOf(decoded)).not.toBe(before);
}

async function inPlane(window: HourglassWindow): Promise<void> {
  const { page } = window;
  const map = window.codeMap;
  const decoded = page.getByRole('img', { name: 'Decoded sample' });
  const start = page.getByLabel('Sample to start from');
  // Fifteen labels, and a table that says where each lies.
  await expect(page.getByRole('table', { name: /codes of each label/ }).getByRole('row')).toHaveCount(16);

  // What is clicked is decoded: in the upper right corner there is nothing like it.
  const first = await pixelsOf(decoded);
  const box = (await map.boundingBox())!;
  await map.click({ position: { x: box.width - 6, y: 6 } });
  await expect.poll(() => pixelsOf(decoded)).not.toBe(first);
  await expect(page.getByText(/^Off the data/).first()).toBeVisible();
  // So is all that is dragged over, before the button is let go.
  await page.mouse.move(box.x + box.width - 30, box.y + 20);
  await page.mouse.down();
  for (const [across, down] of [
    [0.6, 0.4],
    [0.3, 0.7],
  ] as const) {
    const before = await pixelsOf(decoded);
    await page.mouse.move(box.x + box.width * across, box.y + box.height * down, { steps: 5 });
    await expect.poll(() => pixelsOf(decoded)).not.toBe(before);
  }
  await page.mouse.up();
  // By keyboard too: back to the nearest sample, and on to the next.
  await map.press('Enter');
  await expect(page.getByText('The code of this sample.')).toBeVisible();
  const sample = Number(await start.inputValue());
  await map.press(sample < 600 ? ']' : '[');
  await expect(start).toHaveValue(String(sample < 600 ? sample + 1 : sample - 1));
  const corner = await pixelsOf(decoded);
  await map.press('Shift+ArrowLeft');
  await expect.poll(() => pixelsOf(decoded)).not.toBe(corner);

  // A sample is hovered, and taken by a click.
  await start.fill('7');
  await expect(page.locator('circle[data-place="6"]')).toBeVisible();
  const ring = (await page.locator('circle[data-place="6"]').boundingBox())!;
  const at = { x: ring.x + ring.width / 2, y: ring.y + ring.height / 2 };
  await page.mouse.move(at.x + 30, at.y + 30);
  await page.mouse.move(at.x, at.y);
  await expect(page.getByRole('img', { name: /under the pointer$/ })).toBeVisible();
  await start.fill('1');
  await page.mouse.click(at.x, at.y);
  await expect(page.getByText('The code of this sample.')).toBeVisible();
  await expect(start).not.toHaveValue('1');

  // A rectangle around all of it selects all of it; a hidden label is left out.
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + 2, box.y + 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + box.height - 2, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(page.getByText('600 of 600 samples')).toBeVisible();
  const strip = page.getByRole('list', { name: 'Selected samples', exact: true });
  await expect(strip.getByRole('button')).toHaveCount(16);
  await expect(strip.getByRole('img', { name: /^Reconstruction of/ })).toHaveCount(16);
  await expect(
    page.getByRole('list', { name: 'Selected samples of each label' }).getByRole('listitem'),
  ).toHaveCount(15);
  await window.button('More samples').click();
  await expect(page.getByText('17–32 of 600')).toBeVisible();
  await window.button('Clear').click();
  await window.choose('Select by label', 'star');
  await expect(
    page.getByRole('list', { name: 'Selected samples of each label' }).getByRole('listitem'),
  ).toHaveCount(1);

  // The zoom changes what is seen, and goes back.
  const marks = map.locator('canvas').last();
  const whole = await pixelsOf(marks);
  await map.press('+');
  await expect.poll(() => pixelsOf(marks)).not.toBe(whole);
  await map.press('0');
  await expect.poll(() => pixelsOf(marks)).toBe(whole);
}

async function between(window: HourglassWindow): Promise<void> {
  const { page } = window;
  await page.getByText('Between', { exact: true }).click();
  const strip = page.getByRole('region', { name: 'From A to B' });
  await expect(strip.getByRole('img')).toHaveCount(9);
  await window.button('set C to the chosen sample').click();
  await expect(page.getByRole('region', { name: 'Among the corners' }).getByRole('img')).toHaveCount(25);
  await window.button('Leave C out').click();
  await expect(strip.getByRole('img')).toHaveCount(9);
  await page.getByText('Dimensions', { exact: true }).click();
  await expect(page.getByRole('img', { name: /^Value \d at/ })).toHaveCount(28);
}

async function laidOut(window: HourglassWindow): Promise<void> {
  const { page } = window;
  const marks = window.codeMap.locator('canvas').last();
  const plane = await pixelsOf(marks);
  await window.choose('Layout', 'Values');
  await expect.poll(() => pixelsOf(marks)).not.toBe(plane);
  await expect(page.getByRole('combobox', { name: 'Value across' })).toBeVisible();
  await window.choose('Layout', 'UMAP');
  await expect(page.getByRole('progressbar', { name: 'Progress of the layout' })).toBeVisible();
  await window.button('Cancel').click();
  await expect(page.getByRole('progressbar', { name: 'Progress of the layout' })).toHaveCount(0);
  await window.choose('Layout', 'PCA');
  await window.choose('Layout', 'UMAP');
  await expect(page.getByText(/^UMAP: /)).toHaveCount(0, { timeout: 60_000 });
  await window.codeMap.click({ position: { x: 4, y: 4 } });
  await expect(page.getByText(/the five nearest codes, mixed/)).toBeVisible();
}

test('a code that skips go around can be seen, but not decoded', async ({ window }) => {
  const { page } = window;
  await window.select('dense-2');
  await window.choose('Skip', 'Add');
  await trained(window);
  await expect(window.codeMap).toBeVisible();
  await expect(page.getByText(/skips/i).first()).toBeVisible();
});
