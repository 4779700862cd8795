import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { documentText } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import { chained } from '../../shared/plan/random-stacks';
import { writeReport } from './write-report';

const HOSTILE = '<script>alert(1)</script>"\'&\u202e';
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-report-'));
  const document: GraphDocument = {
    ...emptyDocument(),
    name: HOSTILE,
    data: { kind: 'npy', path: '/home/somebody/secret/data.npy', shape: [6] },
    ...chained([
      newBlock('input', 'input'),
      { ...newBlock('dense', 'dense-1', { units: 5 }), name: HOSTILE.slice(0, 50) },
      newBlock('code', 'code', { size: 2 }),
    ]),
  };
  const figures = { mse: 0.01234, loss: 0.02, psnr: 19.5, pca: { mse: 0.05678 } };
  const history = {
    ...{ ending: 'completed', engine: 'onnx', engineVersion: '1.30.0', step: 4, seconds: 1.5 },
    ...{ validation: figures, test: figures },
    data: { name: HOSTILE, shape: [6], dtype: 'float32', trainCount: 100, testCount: 20 },
    epochs: [1, 2].map((epoch) => ({
      ...{ epoch, step: 2 * epoch, trainLoss: 0.3 },
      validation: { mse: 0.1 / epoch, loss: 0.2 / epoch },
    })),
    losses: [0.9, 0.5, 0.4, 0.3],
  };
  await writeFile(join(folder, 'document.hourglass'), documentText(document));
  await writeFile(join(folder, 'history.json'), JSON.stringify(history));
  await writeFile(join(folder, 'reconstructions.png'), PNG);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
async function page(pictures = false): Promise<string> {
  const path = join(folder, `report-${count++}.html`);
  await writeReport({ path, pictures, replace: false }, { folder });
  return readFile(path, 'utf8');
}

it('is one page that needs nothing else and runs nothing, whatever the run holds', async () => {
  const text = await page(true);
  expect(text).toContain("default-src 'none'");
  expect(text).not.toMatch(/<script|<link|<iframe|javascript:|\bon\w+=|@import|url\(/i);
  for (const [, source] of text.matchAll(/(?:src|href)="([^"]{0,5})/g)) expect(source).toBe('data:');
  expect(text).not.toContain('\u202e');
});

it('shows the drawing, the curves with PCA’s line, the measures, the layers and how to repeat it', async () => {
  const text = await page();
  expect(text.match(/<polygon/g)).toHaveLength(6);
  expect(text.match(/class="line training"/g)).toHaveLength(1);
  expect(text.match(/class="line level"/g)?.length).toBeGreaterThanOrEqual(1);
  for (const each of ['0.01234', '0.05678', '19.5 dB', 'PCA with as many components', 'seed ']) {
    expect(text).toContain(each);
  }
  expect(text).toContain('hourglass train drawing.hourglass --data PATH/TO/data.npy --engine onnx');
});

it('leaves out the user’s pictures unless asked for, and always where the data lie', async () => {
  const embedded = (text: string) =>
    [...text.matchAll(/base64,([A-Za-z0-9+/=]+)/g)].map(([, part]) =>
      Buffer.from(part ?? '', 'base64').toString('latin1'),
    );
  expect(await page()).not.toContain('<img');
  const withPictures = await page(true);
  expect(withPictures).toContain(`data:image/png;base64,${PNG.toString('base64')}`);
  for (const text of [withPictures, ...embedded(withPictures)]) expect(text).not.toContain('somebody');
});

it('replaces nothing unasked, and says where there is no run', async () => {
  const path = join(folder, 'mine.html');
  await writeFile(path, 'mine');
  const order = { path, pictures: false, replace: false };
  await expect(writeReport(order, { folder })).rejects.toThrow('There is something at');
  expect(await readFile(path, 'utf8')).toBe('mine');
  await writeReport({ ...order, replace: true }, { folder });
  expect(await readFile(path, 'utf8')).toContain('<!DOCTYPE html>');
  await expect(writeReport({ ...order, replace: true }, { folder: tmpdir() })).rejects.toThrow(
    'holds no document.hourglass',
  );
});
