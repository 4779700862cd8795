import { expect, test } from '../journey';

test('words of the field are explained beside their labels and in a glossary', async ({ window }) => {
  const { page } = window;
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const glossary = page.getByRole('dialog', { name: 'Glossary' });
  await test.step('by keyboard, where the word stands', async () => {
    await inspector.getByRole('button', { name: 'What is Learning rate?' }).focus();
    await expect(page.getByRole('tooltip')).toContainText('How far weights move along the gradient');
    await page.keyboard.press('Enter');
    await expect(glossary.locator('[data-chosen="true"]')).toContainText('Learning rate');
    await expect(glossary.locator('[data-chosen="true"]')).toBeInViewport();
  });
  await test.step('searched, also by other names, and followed', async () => {
    await glossary.getByRole('textbox').fill('bottleneck');
    await expect(glossary.locator('[data-term]').first()).toContainText('Code');
    await glossary.getByRole('textbox').fill('qqq');
    await expect(glossary).toContainText('No word here is about “qqq”.');
    await glossary.getByRole('textbox').fill('auc');
    await glossary.getByRole('button', { name: 'ROC', exact: true }).first().click();
    await expect(glossary.locator('[data-chosen="true"]')).toContainText('receiver operating characteristic');
    await page.keyboard.press('Escape');
    await expect(glossary).toHaveCount(0);
  });
  await test.step('from the menu', async () => {
    await window.menu('Help', 'Glossary');
    await expect(glossary).toBeVisible();
    await page.keyboard.press('Escape');
  });
  await test.step('in the panels', async () => {
    await page.getByLabel('Figures of the run').getByText('Epoch', { exact: true }).hover();
    await expect(page.getByRole('tooltip')).toContainText('One pass over all training samples');
  });
});
