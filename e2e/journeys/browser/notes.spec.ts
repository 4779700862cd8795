import { expect, test } from '../journey';

test('a note is laid, written, coloured, resized, copied and deleted, and saved with the drawing', async ({
  window,
}) => {
  const { page } = window;
  const { keyboard } = page;
  const note = (id: string) => window.node(id);
  const text = page.getByRole('main', { name: 'Drawing' }).getByRole('textbox', { name: 'Text of the note' });

  await test.step('laid at the pointer and written in its place', async () => {
    const box = (await window.canvas.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 60);
    await keyboard.press('Shift+N');
    await text.fill('The bottleneck:\n16 values');
    await text.press('Escape');
    await expect(note('note~1')).toContainText('16 values');
    await expect(note('note~1')).toHaveClass(/selected/);
  });

  await test.step('written anew, by F2', async () => {
    await keyboard.press('F2');
    await text.fill('Bottleneck');
    await text.press('Control+Enter');
    await expect(note('note~1')).toContainText('Bottleneck');
    await window.button('Undo').click();
    await expect(note('note~1')).toContainText('16 values');
  });

  await test.step('coloured in the inspector', async () => {
    await page.getByRole('radio', { name: 'Violet' }).check();
    await expect(note('note~1').locator('[data-colour="violet"]')).toBeVisible();
  });

  await test.step('resized by a corner', async () => {
    const before = await window.place('note~1');
    const corner = (await note('note~1')
      .locator('.react-flow__resize-control.bottom.right.handle')
      .boundingBox())!;
    await page.mouse.move(corner.x + corner.width / 2, corner.y + corner.height / 2);
    await page.mouse.down();
    await page.mouse.move(corner.x + 60, corner.y + 20, { steps: 5 });
    await page.mouse.up();
    await window.atRest();
    const after = await window.place('note~1');
    expect(after.right - after.left).toBeGreaterThan(before.right - before.left + 30);
    await window.button('Undo').click();
    await window.atRest();
    expect((await window.place('note~1')).right).toBeCloseTo(before.right, 0);
  });

  await test.step('resized by keys alone', async () => {
    const [before, zoom] = [await window.place('note~1'), await window.zoom()];
    await window.field('Width').focus();
    await keyboard.press('Shift+ArrowUp');
    await window.atRest();
    const after = await window.place('note~1');
    expect((after.right - after.left - (before.right - before.left)) / zoom).toBeCloseTo(100, -1);
    await window.button('Undo').click();
  });

  await test.step('copied, pasted and deleted', async () => {
    await window.select('note~1');
    await keyboard.press('Control+c');
    await keyboard.press('Control+v');
    await expect(note('note~2')).toContainText('16 values');
    await keyboard.press('Delete');
    await expect(note('note~2')).toHaveCount(0);
    await expect(window.node('dense-1')).toBeAttached();
  });
});
