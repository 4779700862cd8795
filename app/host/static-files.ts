import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

interface StaticFile {
  readonly type: string;
  /** Whether its name changes with its content. */
  readonly hashed: boolean;
  read(): Promise<Buffer>;
}

/** By the path they are asked for. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * The files of the built window by the path they are asked for. They are listed once: nothing that is asked for ever
 * becomes a path on the disk, so no way leads out of the folder.
 */
export async function staticFiles(folder: string): Promise<StaticFiles> {
  const files = new Map<string, StaticFile>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = `/${relative(folder, path).split(sep).join('/')}`;
    const type = TYPES[extname(entry.name)] ?? 'application/octet-stream';
    files.set(name, { type, hashed: name.startsWith('/assets/'), read: () => readFile(path) });
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}
