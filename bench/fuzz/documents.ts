import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documentText, parseDocument } from '../../shared/document/document-text';
import { ProblemError } from '../../shared/errors/problem';
import { drawingOf } from '../../shared/plan/drawing';
import { planDocument } from '../../shared/plan/plan-document';
import { appLink, drawingOfLink } from '../../shared/sharing/drawing-link';
import { drawingIn, withDrawing } from '../../shared/sharing/drawing-picture';
import { pngChunk, pngChunks } from '../../shared/sharing/png-chunks';
import type { FuzzedReader } from './reader';

const root = process.env.HOURGLASS_ROOT ?? process.cwd();
const isRefusal = (error: unknown) => error instanceof ProblemError;

/** Drawings of every kind, and of every version of the format. */
async function texts(): Promise<Buffer[]> {
  const folders = [join(root, 'examples'), join(root, 'shared', 'document', 'fixtures')];
  const names = await Promise.all(
    folders.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))),
  );
  const drawings = names.flat().filter((name) => name.endsWith('.hourglass'));
  return Promise.all(drawings.map((name) => readFile(name)));
}

/** What is done with a drawing that was opened: it is planned, drawn, and written again. */
function used(document: ReturnType<typeof parseDocument>): void {
  planDocument(document);
  drawingOf(document);
  parseDocument(documentText(document));
}

/** Drawings as JSON. */
export const json: FuzzedReader = {
  name: 'json',
  seeds: texts,
  async read(bytes) {
    used(parseDocument(new TextDecoder().decode(bytes)));
  },
  isRefusal,
};

/** Pictures with a drawing inside: chunks as they lie, or with what was tampered with packed again under a right checksum. */
export const png: FuzzedReader = {
  name: 'png',
  async seeds() {
    const plain = await readFile(join(root, 'app', 'electron', 'resources', 'icons', '16x16.png'));
    return (await texts()).map((text) => withDrawing(plain, parseDocument(text.toString())));
  },
  async read(bytes) {
    used(drawingIn(bytes, 'tried.png'));
  },
  async tamper(seed, change, below) {
    if (below(2) === 0) return change(seed);
    const chunks = [...pngChunks(seed)];
    const changed = chunks.findIndex(({ type }) => type === 'iTXt');
    const parts = chunks.map(({ type, data }, at) => pngChunk(type, at === changed ? change(data) : data));
    return Buffer.concat([seed.subarray(0, 8), ...parts]);
  },
  isRefusal,
};

/** Links that hold a drawing. */
export const link: FuzzedReader = {
  name: 'link',
  seeds: async () =>
    (await texts()).map((text) => Buffer.from(appLink(parseDocument(text.toString())), 'latin1')),
  async read(bytes) {
    used(drawingOfLink(Buffer.from(bytes).toString('latin1')));
  },
  isRefusal,
};
