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

test('the clipboard is text that crosses windows and may come from anywhere', async ({ window }) => {
  const { page } = window;
  const { keyboard } = page;
  const search = page.getByRole('textbox', { name: 'Find a block' });

  const text = await test.step('it can be read', async () => {
    await window.select('dense-2');
    await keyboard.press('Control+c');
    await search.focus();
    await keyboard.press('Control+v');
    const held = await search.inputValue();
    expect(held).toContain('"format": "hourglass-blocks"');
    await search.fill('');
    return held;
  });

  await test.step('a field keeps its own', async () => {
    await search.fill('dense');
    await keyboard.press('Control+a');
    await keyboard.press('Control+x');
    await expect(search).toHaveValue('');
    await expect(window.node('dense-2')).toBeAttached();
  });

  await test.step('what is no drawing is refused with a reason', async () => {
    await window.nothingSelected();
    await keyboard.press('Control+v');
    await expect(page.getByText(/holds something else/)).toBeVisible();
    await window.copyText(text.replace('"units": 64', '"units": -3'));
    await window.nothingSelected();
    await keyboard.press('Control+v');
    await expect(page.getByText(/expected a whole number/)).toBeVisible();
    await expect(window.node('dense-3')).toHaveCount(0);
  });

  await test.step('another window takes it', async () => {
    await window.copyText(text.replace('"units": 64', '"units": 99'));
    const second = await page.context().newPage();
    await second.goto(page.url());
    await expect(second.locator('.react-flow__node[data-id="code"]')).toBeVisible();
    await second.locator('.react-flow__pane').click({ position: { x: 300, y: 12 } });
    await second.keyboard.press('Control+v');
    await expect(second.locator('.react-flow__node[data-id="dense-3"]')).toContainText('99');
    await second.close();
  });

  await test.step('a whole drawing is opened, or its blocks are pasted', async () => {
    const drawing = {
      format: 'hourglass',
      version: 3,
      name: 'From a text editor',
      task: { kind: 'reconstruct' },
      data: { kind: 'builtin', name: 'digits-and-shapes', count: 6000, shape: [28, 28, 1] },
      blocks: [
        { id: 'input', type: 'input' },
        { id: 'dense-1', type: 'dense', params: { units: 77 } },
        { id: 'code', type: 'code', params: { size: 5 } },
      ],
      wires: [
        { from: 'input', to: 'dense-1' },
        { from: 'dense-1', to: 'code' },
      ],
      output: { activation: 'sigmoid', loss: 'mse' },
      training: {
        optimizer: { type: 'adam' },
        learningRate: 0.001,
        batchSize: 128,
        epochs: 1,
        validationShare: 0.1,
        seed: 1,
      },
    };
    await window.copyText(JSON.stringify(drawing));
    await window.nothingSelected();
    await keyboard.press('Control+v');
    await window.button('Paste its block').click();
    await expect(window.node('dense-3')).toContainText('77');
    await window.button('Undo').click();
    await keyboard.press('Control+v');
    await window.button('Open it').click();
    await expect(page).toHaveTitle(/^From a text editor/);
    await expect(window.node('code')).toContainText('5');
  });
});
