import { expect, test } from '../journey';

test('blocks are put in line, spaced evenly, nudged and tidied up, each as one step', async ({ window }) => {
  const { page } = window;
  const { keyboard } = page;
  const three = ['dense-1', 'dense-2', 'code'];
  const boxes = async () => Promise.all(three.map((id) => window.place(id)));
  const chooseThree = async () => {
    await window.select('dense-1');
    await window.addToSelection('dense-2');
    await window.addToSelection('code');
  };
  type Boxes = Awaited<ReturnType<typeof boxes>>;
  /** Half a pixel is what rounding a place to whole ones makes of it. */
  const expectSame = (now: Boxes, then: Boxes) => {
    for (const [index, box] of now.entries()) {
      expect(Math.abs(box.left - then[index]!.left)).toBeLessThan(1.5);
      expect(Math.abs(box.top - then[index]!.top)).toBeLessThan(1.5);
    }
  };
  await window.atRest();
  const before = await boxes();

  await test.step('selected by a box; with Shift or Ctrl a box adds, and Ctrl+A takes all', async () => {
    const isSelected = (id: string) => expect(window.node(id)).toHaveClass(/selected/);
    const isNot = (id: string) => expect(window.node(id)).not.toHaveClass(/selected/);
    await window.drawBox('dense-1');
    await isSelected('dense-1');
    await isNot('dense-2');
    await window.drawBox('code', 'Shift');
    await isSelected('dense-1');
    await isSelected('code');
    await isNot('dense-2');
    await window.drawBox('dense-2', 'Control');
    for (const id of three) await isSelected(id);
    await window.drawBox('code');
    await isSelected('code');
    for (const id of ['dense-1', 'dense-2']) await isNot(id);
    await keyboard.press('Control+a');
    for (const id of [...three, 'dense-1′', 'output']) await isSelected(id);
    await keyboard.press('Escape');
    await isNot('code');
  });

  await test.step('aligned at the top, and undone at once', async () => {
    await chooseThree();
    await keyboard.press('Alt+w');
    await window.atRest();
    const tops = (await boxes()).map(({ top }) => Math.round(top));
    expect(Math.max(...tops) - Math.min(...tops)).toBeLessThanOrEqual(1);
    await window.button('Undo').click();
    await window.atRest();
    expectSame(await boxes(), before);
  });

  await test.step('spaced evenly from the menu', async () => {
    await window.drag('dense-2', 30, 40);
    await chooseThree();
    await window.menu('Arrange', 'Space evenly across');
    await window.atRest();
    const [a, b, c] = await boxes();
    expect(Math.abs(b!.left - a!.right - (c!.left - b!.right))).toBeLessThanOrEqual(2);
  });

  await test.step('nudged: a run of presses is one step, and Shift goes further', async () => {
    await window.select('dense-1');
    const start = await window.place('dense-1');
    for (let press = 0; press < 4; press += 1) await keyboard.press('ArrowDown');
    await keyboard.press('Shift+ArrowDown');
    await window.atRest();
    const zoom = await window.zoom();
    const isNudged = async () => {
      await window.atRest();
      expect((await window.place('dense-1')).top - start.top).toBeCloseTo((4 * 5 + 20) * zoom, -1);
    };
    const isBack = async () => {
      await window.atRest();
      expect(Math.abs((await window.place('dense-1')).top - start.top)).toBeLessThan(1.5);
    };
    await isNudged();
    // Both keys that redo.
    for (const redo of ['Control+y', 'Control+Shift+z']) {
      await keyboard.press('Control+z');
      await isBack();
      await keyboard.press(redo);
      await isNudged();
    }
    await window.button('Undo').click();
    await isBack();
  });

  await test.step('tidied up, as one step', async () => {
    const moved = await boxes();
    await window.menu('Arrange', 'Tidy up');
    await window.atRest();
    expectSame(await boxes(), before);
    await window.button('Undo').click();
    await window.atRest();
    const at = (await boxes()).map(({ top, left }) => ({ top, left }));
    expect(Math.abs(at[1]!.top - at[0]!.top - (moved[1]!.top - moved[0]!.top))).toBeLessThan(3);
  });
});

test('a block of the canvas is put on a wire: one that nothing leads to, and with Ctrl one that is taken out of its place', async ({
  window,
}) => {
  await test.step('one that lies by itself', async () => {
    await window.dragBlock('Add Dense to the encoder', 0.2, 0.9);
    await window.dragOntoWire('dense-3', 'dense-1', 'dense-2');
    await expect(window.wire('dense-1', 'dense-3')).toBeAttached();
    await expect(window.wire('dense-3', 'dense-2')).toBeAttached();
    await expect(window.wire('dense-2′', 'dense-3′'), 'the mirror follows').toBeAttached();
    await window.button('Undo').click();
    await window.button('Undo').click();
    await expect(window.wire('dense-1', 'dense-2')).toBeAttached();
  });
  await test.step('a wired one only moves, unless Ctrl is held', async () => {
    await window.dragOntoWire('dense-1', 'dense-2', 'code');
    await expect(window.wire('dense-1', 'dense-2')).toBeAttached();
    await window.button('Undo').click();
    await window.dragOntoWire('dense-1', 'dense-2', 'code', 'Control');
    for (const [from, to] of [
      ['input', 'dense-2~flatten'],
      ['dense-2', 'dense-1'],
      ['dense-1', 'code'],
      ['code′', 'dense-1′'],
    ] as const) {
      await expect(window.wire(from, to)).toBeAttached();
    }
    await window.button('Undo').click();
    await expect(window.wire('dense-1', 'dense-2'), 'one step').toBeAttached();
  });
});

test('a dragged block snaps to its neighbours, and to the grid where that is on', async ({ window }) => {
  const { page } = window;
  const zoom = await window.zoom();

  await test.step('in line with another block, which a line shows', async () => {
    const [code, dense] = [await window.place('code'), await window.place('dense-2')];
    const middle = ({ top, bottom }: { top: number; bottom: number }) => (top + bottom) / 2;
    await window.drag('dense-2', 0, 90);
    await window.holdDragged('dense-2', 0, -87);
    await expect(page.locator('[data-direction="level"]').first()).toBeVisible();
    await page.mouse.up();
    await expect(page.locator('[data-direction="level"]')).toHaveCount(0);
    await window.atRest();
    expect(middle(await window.place('dense-2'))).toBeCloseTo(middle(code), 0);
    expect(middle(dense)).toBeCloseTo(middle(code), 0);
  });

  await test.step('on the grid', async () => {
    await page.keyboard.press('Alt+g');
    await window.drag('dense-2', 3, 61);
    const position = await window.storedPosition('dense-2');
    expect([position.x % 20, position.y % 20].map(Math.abs)).toEqual([0, 0]);
    await page.keyboard.press('Alt+g');
    expect(zoom).toBeGreaterThan(0);
  });
});

test('the view goes to what is selected and back to the whole; it is dragged, and zoomed by the wheel', async ({
  window,
}) => {
  const { page } = window;
  await window.showAll();
  const whole = await window.zoom();
  await window.select('code');
  await page.keyboard.press('.');
  await window.atRest();
  expect(await window.zoom()).toBeGreaterThan(whole);
  const [block, pane] = [(await window.node('code').boundingBox())!, (await window.canvas.boundingBox())!];
  expect(block.x + block.width / 2).toBeCloseTo(pane.x + pane.width / 2, -1);
  await page.keyboard.press('Shift+Digit1');
  await window.atRest();
  expect(await window.zoom()).toBeCloseTo(whole, 1);
  await page.keyboard.press('Shift+Digit2');
  await window.atRest();
  expect(await window.zoom()).toBeGreaterThan(whole);

  await test.step('dragged with Space or the middle button', async () => {
    await window.showAll();
    const point = await window.canvasPoint(0.5, 0.2);
    const dragged = async (button: 'left' | 'middle', space: boolean) => {
      const { left, top } = await window.place('code');
      if (space) await page.keyboard.down('Space');
      await page.mouse.move(point.x, point.y);
      await page.mouse.down({ button });
      await page.mouse.move(point.x + 70, point.y + 25, { steps: 6 });
      await page.mouse.up({ button });
      if (space) await page.keyboard.up('Space');
      await window.atRest();
      const now = await window.place('code');
      return { right: Math.round(now.left - left), down: Math.round(now.top - top) };
    };
    const moved = { right: 70, down: 25 };
    expect(await dragged('left', true)).toEqual(moved);
    expect(await dragged('middle', false)).toEqual(moved);
    expect(await dragged('left', false), 'that draws a box').toEqual({ right: 0, down: 0 });
  });

  await test.step('zoomed around the pointer with Ctrl and the wheel', async () => {
    await window.showAll();
    const [before, code] = [await window.zoom(), await window.place('code')];
    const [x, y] = [(code.left + code.right) / 2, (code.top + code.bottom) / 2];
    await page.mouse.move(x, y);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -120);
    await window.atRest();
    expect(await window.zoom()).toBeGreaterThan(before * 1.1);
    const near = await window.place('code');
    expect((near.left + near.right) / 2).toBeCloseTo(x, -1);
    expect((near.top + near.bottom) / 2).toBeCloseTo(y, -1);
    await page.mouse.wheel(0, 120);
    await page.keyboard.up('Control');
    await window.atRest();
    expect(await window.zoom()).toBeCloseTo(before, 1);
  });
});
