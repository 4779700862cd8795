import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { documentText } from '../../shared/document/document-text';
import { newDocument } from '../../shared/document/new-document';
import { drawingTextIn, withDrawing } from '../../shared/sharing/drawing-picture';
import { readDocumentFile } from './document-files';
import { writePicture } from './picture-files';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-picture-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function picture(): Promise<Uint8Array> {
  const grey = { create: { width: 4, height: 4, channels: 3 as const, background: 'grey' } };
  return withDrawing(await sharp(grey).png().toBuffer(), newDocument());
}

it('writes a picture, and reads the drawing in it as it reads a file', async () => {
  const path = join(folder, 'drawing.png');
  const png = await picture();
  expect(await writePicture({ path, png })).toEqual({ path });
  expect(readFileSync(path).equals(png)).toBe(true);
  const file = await readDocumentFile(path);
  expect(file.path).toBe(path);
  expect(file.text).toBe(drawingTextIn(png, 'x'));
  expect(JSON.parse(file.text)).toEqual(JSON.parse(documentText(newDocument())));
});

it('writes nothing but whole pictures into files that are named so', async () => {
  const png = await picture();
  for (const path of ['drawing.png', join(folder, 'x.hourglass'), join(folder, 'a\0.png')]) {
    await expect(writePicture({ path, png })).rejects.toMatchObject({ problems: [{ code: 'EXPORT_NAME' }] });
  }
  const path = join(folder, 'x.png');
  await expect(writePicture({ path, png: Buffer.from('text') })).rejects.toMatchObject({
    problems: [{ code: 'PICTURE_DAMAGED' }],
  });
  await expect(writePicture({ path, png }, 50)).rejects.toMatchObject({
    problems: [{ code: 'FILE_TOO_LARGE' }],
  });
  await expect(writePicture({ path: join(folder, 'no', 'x.png'), png })).rejects.toMatchObject({
    problems: [{ code: 'FILE_MISSING' }],
  });
  expect(readdirSync(folder)).toEqual([]);
});

it('says of a picture without a drawing what it is', async () => {
  const path = join(folder, 'photo.png');
  const grey = { create: { width: 4, height: 4, channels: 3 as const, background: 'grey' } };
  writeFileSync(path, await sharp(grey).png().toBuffer());
  await expect(readDocumentFile(path)).rejects.toMatchObject({
    problems: [{ code: 'PICTURE_WITHOUT_DRAWING' }],
  });
});
