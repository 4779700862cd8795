import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../journey';

test('a broken settings file is passed over with a word, and not thrown away', async ({ start, folder }) => {
  const data = join(folder, '.hourglass');
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'settings.json'), '{"engine": "onnx", "threads": 1,');
  const { window } = await start();
  const { page } = window;
  await expect(page.getByText(/The settings in .* were passed over/)).toBeVisible();
  await page.keyboard.press('Control+,');
  await window.choose('Threads', '1 thread');
  const kept = () => readFileSync(join(data, 'settings.json'), 'utf8');
  await expect.poll(kept).toContain('"startScreen"');
  expect(JSON.parse(kept())).toMatchObject({ engine: 'automatic', threads: 1 });
  expect(readFileSync(join(data, 'settings.json.unread'), 'utf8')).toBe('{"engine": "onnx", "threads": 1,');
});
