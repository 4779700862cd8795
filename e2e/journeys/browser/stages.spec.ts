import { expect, test } from '../journey';

test('a stack is pre-trained pair after pair, one of them frozen, and the chart says which is at work', async ({
  window,
}) => {
  const { page } = window;
  await window.openExample('digits-and-shapes');
  // The outermost pair is to stay as it is.
  await window.node('dense-1').click();
  await page.getByRole('switch', { name: 'Frozen' }).click();
  await window.nothingSelected();
  await window.setNumber('Epochs', 1);
  await window.setNumber('Pre-training', 1);
  await window.panel('Run');
  await window.button('Check').click();
  await expect(page.getByRole('status', { name: 'Check' })).toContainText(/epochs of pre-training \(/, {
    timeout: 30_000,
  });
  await window.panel('Run');
  await window.train();
  const chart = page.getByRole('img', { name: /^Loss chart: / });
  await expect(chart).toHaveAccessibleName(/pre-training of/, { timeout: 60_000 });
  await page.screenshot({ path: test.info().outputPath('stages.png') });
  await expect(window.runState).toHaveText('Completed', { timeout: 120_000 });
  await page.screenshot({ path: test.info().outputPath('stages-done.png') });
  // The frozen pair has no stage of its own: two stages, an epoch each, and the whole.
  const stages = page.getByRole('table', { name: 'Loss of each epoch' });
  await expect(stages.getByRole('row')).toHaveCount(1 + 2 + 1);
});
