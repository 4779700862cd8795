import { expect, test } from '../journey';

test('a right click offers what fits there: on a block, on several, on a port, on a wire, on the canvas; a right drag moves the view', async ({
  window,
}) => {
  const { page, blockList } = window;
  const menu = page.getByRole('menu');
  const item = (name: string | RegExp) => page.getByRole('menuitem', { name });

  await test.step('bypass a block: it stays, and the network does without', async () => {
    await window.node('dense-2').click({ button: 'right' });
    await expect(window.node('dense-2')).toHaveClass(/selected/);
    await item(/^Bypass/).click();
    await expect(menu).toHaveCount(0);
    for (const id of ['dense-2', 'dense-2′']) {
      await expect(window.node(id).getByRole('img', { name: 'Bypassed' })).toBeVisible();
    }
    await expect(window.wire('dense-2', 'code')).toHaveAccessibleName(/, 256$/);
    await expect(window.node('code')).toBeVisible();
    await window.button('Undo').click();
    await expect(window.wire('dense-2', 'code')).toHaveAccessibleName(/, 64$/);
    await page.keyboard.press('m');
    await expect(window.wire('dense-2', 'code')).toHaveAccessibleName(/, 256$/);
    await page.keyboard.press('m');
    await expect(window.wire('dense-2', 'code')).toHaveAccessibleName(/, 64$/);
  });

  await test.step('change a twin to another kind: its block changes with it, the wires stay', async () => {
    await window.node('dense-1′').click({ button: 'right' });
    await item(/^Change to/).click();
    await expect(blockList.dialog('Change dense-1′ to')).toBeVisible();
    await page.keyboard.type('transposed');
    await page.keyboard.press('Enter');
    await expect(window.node('conv-1′')).toHaveClass(/selected/);
    await expect(window.wire('input', 'conv-1')).toBeAttached();
    await expect(window.wire('conv-1', 'dense-2~flatten')).toBeAttached();
    await expect(window.node('conv-1'), 'as many filters as it had units').toContainText('256');
    await window.button('Undo').click();
    await expect(window.wire('dense-1', 'dense-2')).toBeAttached();
  });

  await test.step('insert on a wire, then delete it', async () => {
    const [a, b] = [
      (await window.node('dense-1').boundingBox())!,
      (await window.node('dense-2').boundingBox())!,
    ];
    const middle = { x: (a.x + a.width + b.x) / 2, y: a.y + a.height / 2 };
    await page.mouse.click(middle.x, middle.y, { button: 'right' });
    await item('Insert a block…').click();
    await blockList.take('Insert between dense-1 and dense-2', 'dropout');
    await expect(window.wire('dense-1', 'dropout-1')).toBeAttached();
    await expect(window.wire('dropout-1', 'dense-2')).toBeAttached();
    await window.button('Undo').click();
    await expect(window.wire('dense-1', 'dense-2')).toBeAttached();
  });

  await test.step('a port: a block behind it, a wire without dragging one, and wires taken off', async () => {
    await window.rightClickPort('dense-1', 'source');
    await expect(menu).toContainText('Output of dense-1');
    await item('Lead a wire to').hover();
    await item('code').click();
    await expect(window.wire('dense-1', 'code')).toBeAttached();
    await expect(window.wire('dense-2', 'code')).toHaveCount(0);
    await window.button('Undo').click();
    await window.rightClickPort('code', 'target');
    await expect(menu).toContainText('Input of code');
    await item('Take the wire off').click();
    await expect(window.wire('dense-2', 'code')).toHaveCount(0);
    await window.button('Undo').click();
    await expect(window.wire('dense-2', 'code')).toBeAttached();
    await window.rightClickPort('dense-2', 'target');
    await item('Add a block before it…').click();
    await blockList.take('Add before dense-2', 'dropout');
    await expect(window.wire('dropout-1', 'dense-2')).toBeAttached();
    await window.button('Undo').click();
    await expect(window.wire('dense-1', 'dense-2')).toBeAttached();
  });

  await test.step('skip, tie and freeze from a block’s menu', async () => {
    await window.node('dense-2').click({ button: 'right' });
    await item('Skip to the twin').hover();
    await item('Add').click();
    await expect(window.skip('dense-2', 'dense-2′')).toBeAttached();
    await window.node('dense-2').click({ button: 'right' });
    await item('Share weights with the twin').click();
    await expect(window.node('dense-2').getByRole('img', { name: 'Tied weights' })).toBeVisible();
    await window.node('dense-2').click({ button: 'right' });
    await item('Freeze weights').click();
    await expect(window.node('dense-2').getByRole('img', { name: 'Frozen weights' })).toBeVisible();
    await window.node('dense-2').click({ button: 'right' });
    await item('Go to dense-2′').click();
    await expect(window.node('dense-2′')).toHaveClass(/selected/);
    for (let step = 0; step < 3; step += 1) await window.button('Undo').click();
  });

  await test.step('several at once', async () => {
    await window.node('dense-1').click();
    await window.node('dense-2').click({ modifiers: ['Shift'] });
    await window.node('dense-2').click({ button: 'right' });
    await expect(menu).toContainText('2 selected');
    await item('Delete').click();
    await expect(window.wire('input', 'code~flatten')).toBeAttached();
    await window.button('Undo').click();
    await expect(window.wire('dense-1', 'dense-2')).toBeAttached();
  });

  await test.step('the canvas, and dragging it', async () => {
    const point = await window.canvasPoint(0.3, 0.92);
    await page.mouse.click(point.x, point.y, { button: 'right' });
    await item('Add a block…').click();
    await blockList.take('Add a block', 'dense');
    await expect(window.node('dense-3')).toBeVisible();
    await window.button('Undo').click();
    const before = (await window.node('code').boundingBox())!;
    await page.mouse.move(point.x, point.y);
    await page.mouse.down({ button: 'right' });
    await page.mouse.move(point.x + 60, point.y - 20, { steps: 6 });
    await page.mouse.up({ button: 'right' });
    await expect(menu).toHaveCount(0);
    const after = (await window.node('code').boundingBox())!;
    expect(after.x - before.x).toBeGreaterThan(40);
  });

  await test.step('by keys alone', async () => {
    await window.showAll();
    await window.select('dense-2');
    await page.keyboard.press('Shift+F10');
    await expect(menu).toContainText('Dense dense-2');
    await expect(item(/^Change to/)).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(window.node('dense-2').getByRole('img', { name: 'Bypassed' })).toBeVisible();
    await page.keyboard.press('Shift+F10');
    await expect(menu).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(menu).toHaveCount(0);
  });
});
