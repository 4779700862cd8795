import { expect, test } from '../journey';

test('undo from the end of a drawing session leads back to the empty canvas', async ({ window }) => {
  await window.emptyCanvas();
  await window.dragBlock('Add Convolution to the encoder', 0.3, 0.3);
  await window.dragBlock('Add Code', 0.5, 0.3);
  await window.drawWire('input', 'conv-1');
  await window.drawWire('conv-1', 'code');
  await expect(window.node('code~flatten'), 'the planner shows its flattening').toBeVisible();
  await window.select('conv-1′');
  await window.setNumber('Filters', 12);
  await expect(window.node('conv-1')).toContainText('12');
  while (await window.button('Undo').isEnabled()) await window.button('Undo').click();
  await expect(window.page.locator('.react-flow__node')).toHaveCount(2);
});

test('a long drawing can be read: small blocks keep their numbers, and a map shows what is out of sight', async ({
  window,
}) => {
  const { map } = window;
  await expect(map).toBeHidden();
  for (const [layers, whole] of [
    [8, true],
    [12, false],
  ] as const) {
    await window.nothingSelected();
    await window.setNumber('Layers', layers);
    await window.showAll();
    await expect(map).toBeVisible({ visible: !whole });
    for (const id of ['dense-1', 'dense-5', 'code']) {
      const { block, text, letters } = await window.face(id);
      expect(letters, `${id} of ${layers} layers`).toBeGreaterThanOrEqual(9.5);
      expect(text.width, `${id} of ${layers} layers`).toBeLessThanOrEqual(block.width);
    }
  }
  await window.page.keyboard.press('Escape');
  await expect(window.node('output')).not.toBeInViewport();
  await window.pullMap(60);
  await expect(window.node('output')).toBeInViewport({ ratio: 0.99 });
  await window.select('output');
  await window.showAll();
  await expect(window.node('output'), 'fitting shows what is selected').toBeInViewport({ ratio: 0.99 });
});

test('a wire is taken at its end and put on another block; a wire is deleted', async ({ window }) => {
  await window.takeWireOff('dense-1', 'dense-2', 'code');
  await expect(window.wire('dense-1', 'code')).toBeAttached();
  await expect(window.wire('dense-1', 'dense-2')).toHaveCount(0);
  await expect(window.wire('code′', 'dense-1′'), 'the mirror follows').toBeAttached();
  await window.panel('Problems');
  await expect(window.page.getByRole('list', { name: 'Problems' })).toContainText('dense-2');
  await window.button('Undo').click();
  await expect(window.wire('dense-1', 'dense-2')).toBeAttached();

  await window.selectWire('dense-2', 'code');
  await window.page.keyboard.press('Delete');
  await expect(window.wire('dense-2', 'code')).toHaveCount(0);
  await expect(window.wire('code′', 'dense-2′'), 'with its mirror').toHaveCount(0);
  await window.button('Undo').click();
  await expect(window.wire('dense-2', 'code')).toBeAttached();
});
