import { expect, test } from '../journey';

test('a block is looked for and added where the canvas was double-clicked, by keys alone, and undone', async ({
  window,
}) => {
  const { page, blockList } = window;
  const before = await page.locator('.react-flow__node').count();
  const point = await window.canvasPoint(0.12, 0.9);
  await page.mouse.dblclick(point.x, point.y);
  await blockList.take('Add a block', 'fully connected');
  await expect(window.node('dense-3')).toHaveClass(/selected/);
  const box = (await window.node('dense-3').boundingBox())!;
  expect(Math.abs(box.x + box.width / 2 - point.x)).toBeLessThan(box.width);
  await expect(window.node('dense-3′'), 'its mirror appears at once').toBeVisible();
  await window.button('Undo').click();
  await expect(page.locator('.react-flow__node')).toHaveCount(before);

  await test.step('Shift+A opens it at the pointer, Escape leaves everything as it was', async () => {
    await page.mouse.move(point.x, point.y);
    await page.keyboard.press('Shift+A');
    await expect(blockList.dialog('Add a block')).toBeVisible();
    await page.keyboard.type('latent');
    await expect(blockList.option(/^Code/), 'there is one already').toHaveAttribute('aria-disabled', 'true');
    await page.keyboard.press('Escape');
    await expect(blockList.dialog('Add a block')).toBeHidden();
    await expect(page.locator('.react-flow__node')).toHaveCount(before);
  });

  await test.step('arrows choose among the answers', async () => {
    await page.keyboard.press('Shift+A');
    await page.keyboard.type('dense');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(window.node('dense-3')).toBeVisible();
  });
});

test('a wire dropped on nothing asks for what fits, adds it and connects it in one step', async ({
  window,
}) => {
  const { page, blockList } = window;
  await window.emptyCanvas();
  await window.dragBlock('Add Dense to the encoder', 0.3, 0.3);

  await window.holdWireAt('dense-1', 'source', await window.canvasPoint(0.45, 0.75));
  await page.mouse.up();
  await expect(blockList.dialog('Add behind dense-1')).toBeVisible();
  await expect(blockList.option('Dropout')).toBeVisible();
  await expect(blockList.option('Convolution'), 'takes pictures, not vectors').toHaveCount(0);
  await page.keyboard.type('conv2d');
  await expect(blockList.option(/^Convolution.*needs a picture/)).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('bottle');
  await page.keyboard.press('Enter');
  await expect(window.wire('dense-1', 'code')).toBeAttached();
  await expect(window.wire('code′', 'dense-1′')).toBeAttached();
  await window.button('Undo').click();
  await expect(window.node('code')).toHaveCount(0);
  await expect(window.node('dense-1')).toBeVisible();

  await test.step('in the decoder the twin appears there, and the encoder gets the block', async () => {
    await window.showAll();
    const twin = (await window.node('dense-1′').boundingBox())!;
    await window.holdWireAt('dense-1′', 'target', { x: twin.x - 40, y: twin.y + twin.height + 40 });
    await page.mouse.up();
    await blockList.take('Add before dense-1′', 'dense');
    await expect(window.wire('dense-2′', 'dense-1′')).toBeAttached();
    await expect(window.wire('dense-1', 'dense-2')).toBeAttached();
  });
});

test('a wire is dropped anywhere on a block, in both halves; blocks that refuse it dim and say why', async ({
  window,
}) => {
  const { page } = window;
  await window.holdWireAt('dense-1', 'source', await window.bodyOf('code'));
  await expect(window.node('dense-1').locator('> div')).not.toHaveAttribute('data-answer', 'refuses');
  await expect(window.node('input').locator('> div')).toHaveCSS('opacity', '0.35');
  await expect(window.node('code').locator('> div')).toHaveCSS('opacity', '1');
  await page.mouse.up();
  await expect(window.wire('dense-1', 'code'), 'the new wire replaces the old').toBeAttached();
  await expect(window.wire('dense-2', 'code')).toHaveCount(0);
  await expect(window.wire('code′', 'dense-1′')).toBeAttached();
  await window.button('Undo').click();
  await expect(window.wire('dense-2', 'code')).toBeAttached();

  await test.step('a refused block tells the reason', async () => {
    await window.holdWireAt('dense-2', 'source', await window.bodyOf('dense-1'));
    await expect(page.getByRole('alert')).toContainText('circle');
    await page.mouse.up();
    await expect(window.wire('dense-2', 'dense-1')).toHaveCount(0);
  });

  await test.step('between nodes of the decoder, the encoder follows', async () => {
    await window.holdWireAt('code′', 'source', await window.bodyOf('dense-1′'));
    await page.mouse.up();
    await expect(window.wire('dense-1', 'code')).toBeAttached();
    await window.button('Undo').click();
    await expect(window.wire('dense-2′', 'dense-1′')).toBeAttached();
  });

  await test.step('a wire of the decoder is taken off at its end', async () => {
    // Undone, blocks glide to where they were.
    await window.canvasAtRest();
    const end = (await window
      .wire('code′', 'dense-2′')
      .locator('.react-flow__edgeupdater-target')
      .boundingBox())!;
    await page.mouse.move(end.x + end.width / 2 - 4, end.y + end.height / 2);
    await page.mouse.down();
    const away = await window.canvasPoint(0.6, 0.95);
    await page.mouse.move(away.x, away.y, { steps: 8 });
    await page.mouse.up();
    await expect(window.wire('dense-2', 'code')).toHaveCount(0);
    await expect(page.getByRole('dialog'), 'taking a wire off asks for nothing').toHaveCount(0);
  });
});
