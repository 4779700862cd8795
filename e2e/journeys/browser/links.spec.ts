import { newDocument } from '../../../shared/document/new-document';
import { appLink, drawingOfLink } from '../../../shared/sharing/drawing-link';
import { expect, test } from '../journey';

test('a link holds a drawing, opens it, and nothing else', async ({ window }) => {
  const { page } = window;
  const share = page.getByRole('dialog', { name: /^Share/ });
  const link = share.getByLabel('The link', { exact: true });

  const [address, forApp] =
    await test.step('the dialog gives it, for the app and for a browser', async () => {
      await window.setNumber('Code size', 21);
      await page.keyboard.press('F1');
      await page.getByLabel('Find a command, a block or a drawing').fill('share');
      await page.keyboard.press('Enter');
      const app = await link.inputValue();
      expect(drawingOfLink(app).blocks.find(({ type }) => type === 'code')?.params.size).toBe(21);
      await share.getByText('This browser').click();
      await expect(link).toHaveValue(/^http:/);
      const inBrowser = await link.inputValue();
      await window.button('Copy link').click();
      await expect(window.button('Copied')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(share).toBeHidden();
      return [inBrowser, app];
    });
  await test.step('what was copied is the link', async () => {
    const search = page.getByRole('textbox', { name: 'Find a block' });
    await search.focus();
    await page.keyboard.press('Control+v');
    await expect(search).toHaveValue(address);
    await search.fill('');
  });
  await test.step('another window opens it, and no longer has it in its address', async () => {
    const other = await page.context().newPage();
    await other.goto(address);
    await expect(other.locator('.react-flow__node[data-id="code"]')).toContainText('21');
    await expect(other.getByText(/^Opened “.*” from a link\.$/)).toBeVisible();
    expect(new URL(other.url()).hash).toBe('');
    await other.close();
  });
  await test.step('in this window unsaved changes are asked about; calling it off keeps them', async () => {
    await window.setNumber('Code size', 22);
    await window.copyText(`Look: <${forApp}>`);
    await window.nothingSelected();
    await page.keyboard.press('Control+v');
    await window.button('Cancel').click();
    await expect(window.node('code')).toContainText('22');
    await page.evaluate((hash) => {
      globalThis.location.hash = hash;
    }, new URL(address).hash);
    await window.button('Don’t save').click();
    await expect(window.node('code')).toContainText('21');
  });
  await test.step('a link that was cut off is refused', async () => {
    await window.copyText(forApp.slice(0, -5));
    await window.nothingSelected();
    await page.keyboard.press('Control+v');
    await expect(page.getByText(/This link to a drawing can’t be read/)).toBeVisible();
  });
  await test.step('data in files are not opened unasked', async () => {
    const data = { kind: 'pictures', path: '/etc', shape: [28, 28, 1] } as const;
    await window.copyText(appLink({ ...newDocument(), name: 'From elsewhere', data }));
    await window.nothingSelected();
    await page.keyboard.press('Control+v');
    await window.panel('Data');
    await expect(page.getByRole('alert')).toContainText('This drawing is for “etc”');
    await window.button('Look for them').click();
    await expect(page.getByRole('alert')).not.toContainText('This drawing is for');
  });
});
