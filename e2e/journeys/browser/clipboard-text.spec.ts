import { expect, test } from '../journey';

// Pages of one browser are windows of their own; Electron opens none for a test.
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
