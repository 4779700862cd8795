import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type StaticFiles, staticFiles } from '../host/static-files';
import { answerWindow } from './window-answer';

let folder: string;
let files: StaticFiles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-window-'));
  await mkdir(join(folder, 'window/assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'window/index.html'), '<title>Hourglass</title>');
  await writeFile(join(folder, 'window/assets/main.js'), 'export {};');
  await symlink(join(folder, 'secret.txt'), join(folder, 'window/assets/link.txt'));
  files = await staticFiles(join(folder, 'window'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ask = (url: string, method = 'GET') => answerWindow(files, url, method);
const textOf = ({ body }: { body: Uint8Array }) => Buffer.from(body).toString('utf8');

it('answers with a file of the window and its type', async () => {
  const page = await ask('app://hourglass/');
  expect(page).toMatchObject({ status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
  expect(textOf(page)).toContain('Hourglass');
  const script = await ask('app://hourglass/assets/main.js?again');
  expect(script.headers['Content-Type']).toBe('text/javascript; charset=utf-8');
  expect(textOf(script)).toBe('export {};');
});

it.each([
  'app://hourglass/../secret.txt',
  'app://hourglass/%2e%2e/secret.txt',
  'app://hourglass/..%2fsecret.txt',
  'app://hourglass/..%5csecret.txt',
  'app://hourglass/assets/..\\..\\secret.txt',
  'app://hourglass/assets/link.txt',
  'app://hourglass//secret.txt',
  'app://hourglass/assets/main.js%00',
  'app://hourglass/assets/',
  'app://elsewhere/index.html',
  'file:///etc/passwd',
])('gives nothing for %s', async (url) => {
  const answer = await ask(url);
  expect(answer.status).toBe(404);
  expect(textOf(answer)).not.toContain('secret');
});

it('only reads', async () => {
  for (const method of ['POST', 'PUT', 'DELETE'])
    expect((await ask('app://hourglass/', method)).status).toBe(405);
  expect((await ask('app://hourglass/', 'HEAD')).body).toHaveLength(0);
});
