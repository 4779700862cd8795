import { expect, test } from '../journey';

test('blocks are grouped, collapsed into one node, edited in place and ungrouped', async ({ window }) => {
  const { page } = window;
  const { keyboard } = page;
  const group = window.node('group~1');

  await test.step('a frame around them and around their twins', async () => {
    await window.select('dense-1');
    await window.addToSelection('dense-2');
    await keyboard.press('Control+g');
    await expect(group).toContainText('Group 1');
    await expect(window.node('group~1′')).toContainText('Group 1′');
  });

  await test.step('named by F2', async () => {
    await keyboard.press('F2');
    const field = page.getByRole('textbox', { name: 'Name of group~1' });
    await field.fill('Encoder');
    await field.press('Enter');
    await expect(group).toContainText('Encoder');
  });

  await test.step('collapsed: one node in each half, with its shapes and parameters', async () => {
    await keyboard.press('Alt+c');
    await expect(window.node('dense-1')).toHaveCount(0);
    await expect(group).toContainText('2 blocks');
    await expect(window.wire('input', 'group~1')).toBeAttached();
    await expect(window.wire('group~1′', 'output')).toBeAttached();
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('217,408');
  });

  await test.step('wired where it is collapsed: what leads to it is taken off, inserted on, and drawn anew', async () => {
    await window.selectWire('group~1', 'code');
    await keyboard.press('Delete');
    await expect(window.wire('group~1', 'code')).toHaveCount(0);
    await window.drawWire('group~1', 'code');
    await expect(window.wire('group~1', 'code')).toHaveAccessibleName(/, 64$/);
    await window.dragBlockOntoWire('Add Dense to the encoder', 'group~1', 'code');
    await expect(window.wire('group~1', 'dense-3')).toBeAttached();
    for (let step = 0; step < 3; step += 1) await window.button('Undo').click();
    await expect(window.wire('group~1', 'code')).toBeAttached();
  });

  await test.step('moved as one, with its blocks', async () => {
    const before = await window.place('group~1');
    await window.drag('group~1', 0, 70);
    expect((await window.place('group~1')).top).toBeGreaterThan(before.top + 40);
    await window.button('Undo').click();
    await window.atRest();
  });

  await test.step('opened by a double click, edited, and trained as before', async () => {
    await group.dblclick();
    await window.select('dense-2');
    await window.setNumber('Units', 40);
    await expect(window.node('dense-2')).toContainText('40');
  });

  await test.step('ungrouped, and every step undone', async () => {
    await keyboard.press('Escape');
    await window.select('dense-2');
    await keyboard.press('Control+Shift+g');
    await expect(group).toHaveCount(0);
    await expect(window.node('dense-1')).toBeAttached();
    const undo = window.button('Undo');
    while (await undo.isEnabled()) await undo.click();
    await expect(group).toHaveCount(0);
    await expect(window.node('dense-2')).toContainText('64');
  });
});
