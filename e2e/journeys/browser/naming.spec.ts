import { expect, test } from '../journey';

test('a block is named in its place, its twin and its problems follow, and Enter goes to the inspector', async ({
  window,
}) => {
  const { page } = window;
  const { keyboard } = page;
  const field = page.getByRole('textbox', { name: 'Name of dense-2' });

  await test.step('F2, a name, Enter', async () => {
    await window.select('dense-2');
    await keyboard.press('F2');
    await field.fill('Strokes');
    await field.press('Enter');
    await expect(field).toHaveCount(0);
    await expect(window.node('dense-2')).toContainText('Strokes');
    await expect(window.node('dense-2′')).toContainText('Strokes′');
  });

  await test.step('Escape leaves it', async () => {
    await keyboard.press('F2');
    await field.fill('Something else');
    await field.press('Escape');
    await expect(window.node('dense-2')).toContainText('Strokes');
  });

  await test.step('problems call it so', async () => {
    await window.selectWire('dense-1', 'dense-2');
    await keyboard.press('Delete');
    await window.panel('Problems');
    await expect(page.getByRole('list', { name: 'Problems' })).toContainText('“Strokes” is not on the way');
    await window.button('Undo').click();
  });

  await test.step('Enter edits what is selected', async () => {
    await window.select('dense-2');
    await keyboard.press('Enter');
    await expect(window.field('Name')).toBeFocused();
    await window.field('Name').fill('');
    await keyboard.press('Enter');
    await expect(window.node('dense-2')).toContainText('Dense');
    await window.button('Undo').click();
    await expect(window.node('dense-2')).toContainText('Strokes');
    await window.button('Undo').click();
    await expect(window.node('dense-2')).toContainText('Dense');
  });
});
