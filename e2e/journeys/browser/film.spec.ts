import { expect, test } from '../journey';

test('a run’s reconstructions are scrubbed back, seen as differences, and watched where they are worst', async ({
  window,
}) => {
  const { page } = window;
  page.setDefaultTimeout(20_000);
  const region = page.getByRole('region', { name: 'Reconstructions' });
  const scrub = region.getByRole('slider', { name: 'Step shown' });
  await window.openExample('digits-and-shapes');
  await window.nothingSelected();
  await window.setNumber('Epochs', 3);
  await window.train();
  await expect(window.runState).toContainText('Completed', { timeout: 90_000 });

  await test.step('the worst so far are shown with their errors', async () => {
    const watched = region.getByRole('region', { name: 'Pinned and worst samples' });
    await expect(watched.getByRole('img', { name: 'Original worst 4' })).toBeVisible();
    await expect(watched).toContainText('4 worst so far');
  });
  await test.step('by the arrow keys to the first step and back', async () => {
    await expect(scrub).toBeEnabled();
    const last = await scrub.getAttribute('aria-valuetext');
    await scrub.focus();
    await page.keyboard.press('Home');
    await expect(scrub).toHaveAttribute('aria-valuetext', 'step 1');
    await expect(region.getByText('step 1', { exact: true })).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect(scrub).not.toHaveAttribute('aria-valuetext', 'step 1');
    await region.getByRole('button', { name: 'Now', exact: true }).click();
    await expect(scrub).toHaveAttribute('aria-valuetext', last ?? '');
  });
  await test.step('played from the start to the end', async () => {
    await region.getByRole('button', { name: 'Play the film of the run' }).click();
    await expect(region.getByRole('button', { name: 'Pause the film' })).toBeVisible();
    await expect(region.getByRole('button', { name: 'Play the film of the run' })).toBeVisible({
      timeout: 30_000,
    });
  });
  await test.step('differences have a legend', async () => {
    await region.getByRole('button', { name: 'Differences' }).click();
    await expect(region.getByRole('img', { name: /^\|original − reconstruction\|: 0 – / })).toBeVisible();
    await expect(region.getByRole('img', { name: 'Difference 16' })).toBeVisible();
    await region.getByRole('button', { name: 'Differences' }).click();
  });
  await test.step('a validation sample is pinned, shown at once, and in the next run', async () => {
    await window.button('Pin…').click();
    const dialog = page.getByRole('dialog', { name: 'Validation samples to watch' });
    await dialog.getByRole('button', { name: /^Validation sample 40\b/ }).click();
    await expect(dialog.getByText('1 of at most 12 pinned')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(region.getByRole('img', { name: 'Original pinned 1' })).toBeVisible();
    await window.setNumber('Epochs', 1);
    await window.train();
    await expect(window.runState).toContainText('Completed', { timeout: 60_000 });
    await expect(region.getByRole('img', { name: 'Reconstruction pinned 1' })).toBeVisible();
  });
  await test.step('the film of a kept run', async () => {
    await window.panel('Runs');
    const film = page.getByRole('region', { name: 'Film of the run' });
    await film.getByRole('slider', { name: 'Step shown' }).focus();
    await page.keyboard.press('Home');
    await expect(film).toContainText('step 1');
    await expect(film.getByRole('img', { name: 'Reconstruction 16' })).toBeVisible();
  });
});
