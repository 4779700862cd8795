import { expect, test } from '../journey';

test('wires are cut by a stroke across them, in both halves, as one step', async ({ window }) => {
  const { page } = window;
  await window.showAll();
  const boxOf = async (id: string) => (await window.node(id).boundingBox())!;
  /** Halfway between two blocks, so far above or below the middle of the first. */
  const between = async (from: string, to: string, down: number) => {
    const [a, b] = [await boxOf(from), await boxOf(to)];
    return { x: (a.x + a.width + b.x) / 2, y: a.y + a.height / 2 + down };
  };
  const [first, last] = [await between('dense-1', 'dense-2', -30), await between('dense-1', 'dense-2', 30)];

  await test.step('with Alt', async () => {
    await page.keyboard.down('Alt');
    await page.mouse.move(first.x, first.y);
    await page.mouse.down();
    await page.mouse.move(last.x, last.y, { steps: 8 });
    await expect(page.locator('.react-flow__selection'), 'no box is drawn with it').toHaveCount(0);
    await page.mouse.up();
    await page.keyboard.up('Alt');
    await expect(window.wire('dense-1', 'dense-2')).toHaveCount(0);
    await expect(window.wire('dense-2′', 'dense-1′'), 'with its mirror').toHaveCount(0);
    await expect(window.wire('dense-2', 'code'), 'and no other').toBeAttached();
    await window.button('Undo').click();
    await expect(window.wire('dense-1', 'dense-2')).toBeAttached();
  });

  await test.step('with Ctrl and the right button, several at once', async () => {
    const [begin, end] = [await between('dense-1', 'dense-2', -40), await between('dense-2', 'code', 40)];
    const under = await boxOf('dense-2');
    await page.keyboard.down('Control');
    await page.mouse.move(begin.x, begin.y);
    await page.mouse.down({ button: 'right' });
    await page.mouse.move(begin.x, under.y + under.height + 12, { steps: 5 });
    await page.mouse.move(end.x, under.y + under.height + 12, { steps: 5 });
    await page.mouse.move(end.x, begin.y, { steps: 5 });
    await page.mouse.up({ button: 'right' });
    await page.keyboard.up('Control');
    await expect(window.wire('dense-1', 'dense-2')).toHaveCount(0);
    await expect(window.wire('dense-2', 'code')).toHaveCount(0);
    await expect(page.getByRole('menu')).toHaveCount(0);
    await window.button('Undo').click();
    await expect(window.wire('dense-2', 'code')).toBeAttached();
    await expect(window.wire('dense-1', 'dense-2')).toBeAttached();
  });

  await test.step('Escape calls it off', async () => {
    await page.keyboard.down('Alt');
    await page.mouse.move(first.x, first.y);
    await page.mouse.down();
    await page.mouse.move(last.x, last.y, { steps: 8 });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await page.keyboard.up('Alt');
    await expect(window.wire('dense-1', 'dense-2')).toBeAttached();
  });

  await test.step('deleting a block connects what stood around it', async () => {
    await window.select('dense-2′');
    await page.keyboard.press('Delete');
    await expect(window.wire('dense-1', 'code')).toBeAttached();
    await expect(window.wire('code′', 'dense-1′')).toBeAttached();
    await window.button('Undo').click();
    await expect(window.wire('dense-1', 'dense-2')).toBeAttached();
  });
});

test('in a drawing laid out by hand, a block dropped on a wire has its neighbours make room', async ({
  window,
}) => {
  const { page } = window;
  await window.showAll();
  const boxOf = async (id: string) => (await window.node(id).boundingBox())!;
  const code = await window.bodyOf('code');
  await page.mouse.move(code.x, code.y);
  await page.mouse.down();
  await page.mouse.move(code.x, code.y + 24, { steps: 6 });
  await page.mouse.up();
  await window.dragBlockOntoWire('Add Dense to the encoder', 'dense-1', 'dense-2');
  await expect(window.wire('dense-1', 'dense-3')).toBeAttached();
  await expect(window.wire('dense-3', 'dense-2')).toBeAttached();
  await window.showAll();
  const order = ['dense-1', 'dense-3', 'dense-2', 'code', 'code′', 'dense-2′', 'dense-3′', 'dense-1′'];
  const boxes = await Promise.all(order.map(boxOf));
  boxes.slice(1).forEach((box, index) => {
    const before = boxes[index]!;
    expect(box.x, `${order[index + 1]} right of ${order[index]}`).toBeGreaterThan(before.x + before.width);
  });
  await window.button('Undo').click();
  await expect(window.node('dense-3')).toHaveCount(0);
  await expect(window.wire('dense-1', 'dense-2'), 'one step').toBeAttached();
});
