import { expect, test } from './journey';

/** What the clipboard holds and what is put on it: through a text field, as anyone could. */
test('blocks are copied, pasted, duplicated and cut, each as one step', async ({ window }) => {
  const { page } = window;
  const { keyboard } = page;

  await test.step('a copy keeps its wires and parameters, has ids of its own and is selected', async () => {
    await window.select('dense-1');
    await window.addToSelection('dense-2');
    await keyboard.press('Control+c');
    await keyboard.press('Control+v');
    await expect(window.node('dense-3')).toHaveClass(/selected/);
    await expect(window.node('dense-4')).toHaveClass(/selected/);
    await expect(window.node('dense-4′'), 'with its twin').toBeAttached();
    await expect(window.wire('dense-3', 'dense-4')).toBeAttached();
    await expect(window.node('dense-3')).toContainText('256');
    await window.button('Undo').click();
    await expect(window.node('dense-3')).toHaveCount(0);
    await expect(window.node('dense-4')).toHaveCount(0);
    await window.button('Redo').click();
    await expect(window.node('dense-4')).toBeAttached();
    await window.button('Undo').click();
  });

  await test.step('with Shift the wires into them are kept', async () => {
    await window.select('dense-2');
    await keyboard.press('Control+c');
    await keyboard.press('Control+Shift+v');
    await expect(window.wire('dense-1', 'dense-3')).toBeAttached();
    await window.button('Undo').click();
    await expect(window.node('dense-3')).toHaveCount(0);
  });

  await test.step('duplicating leaves the clipboard alone', async () => {
    await window.select('dense-1');
    await keyboard.press('Control+d');
    await expect(window.node('dense-3')).toHaveClass(/selected/);
    await expect(window.node('dense-3')).toContainText('256');
    await window.button('Undo').click();
    await window.nothingSelected();
    await keyboard.press('Control+v');
    await expect(window.node('dense-3'), 'still the dense-2 copied before').toContainText('64');
    await window.button('Undo').click();
  });

  await test.step('cutting closes the chain, and pasting brings the block back', async () => {
    await window.select('dense-2′');
    await keyboard.press('Control+x');
    await expect(window.node('dense-2')).toHaveCount(0);
    await expect(window.wire('dense-1', 'code')).toBeAttached();
    await keyboard.press('Control+v');
    await expect(window.node('dense-2')).toHaveClass(/selected/);
    await window.button('Undo').click();
    await window.button('Undo').click();
    await expect(window.wire('dense-1', 'dense-2')).toBeAttached();
  });

  await test.step('what cannot be copied is said', async () => {
    await window.select('code');
    await keyboard.press('Control+c');
    await expect(page.getByText(/Not copied: code/)).toBeVisible();
  });
});
