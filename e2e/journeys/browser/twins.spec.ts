import { expect, test } from '../journey';

test('a skip is drawn to a twin, set to add, tied, and deleted as a wire', async ({ window }) => {
  const { page } = window;
  const parameters = async () => {
    const text = await page.getByText(/[\d,]+ parameters/).textContent();
    return Number((/([\d,]+) parameters/.exec(text ?? '')?.[1] ?? '').replaceAll(',', ''));
  };
  const plain = await parameters();

  await test.step('drawn by hand it concatenates, and the twin takes twice as many values', async () => {
    await window.drawWire('dense-2', 'dense-2′');
    await expect(window.skip('dense-2', 'dense-2′')).toBeAttached();
    await window.select('dense-2′');
    await expect(window.field('Skip')).toHaveValue('Concatenate');
    await expect(window.field('Tied weights')).toBeDisabled();
    expect(await parameters()).toBe(plain + 64 * 256);
  });

  await test.step('it adds instead, and the two share their weights', async () => {
    await window.choose('Skip', 'Add');
    expect(await parameters()).toBe(plain);
    await window.field('Tied weights').press('Space');
    await expect(window.node('dense-2').getByRole('img', { name: 'Tied weights' })).toBeVisible();
    await expect(window.node('dense-2′').getByRole('img', { name: 'Tied weights' })).toBeVisible();
    expect(await parameters()).toBe(plain - 64 * 256);
  });

  await test.step('the skip is deleted as a wire is, and comes back', async () => {
    await window.selectSkip('dense-2', 'dense-2′');
    await page.keyboard.press('Delete');
    await expect(window.skip('dense-2', 'dense-2′')).toHaveCount(0);
    await window.button('Undo').click();
    await expect(window.skip('dense-2', 'dense-2′')).toBeAttached();
  });
});
