import { lstat, readdir, readFile } from 'node:fs/promises';
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
  for (const path of await filesBelow(folder)) {
    const name = `/${relative(folder, path).split(sep).join('/')}`;
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    files.set(name, { type, hashed: name.startsWith('/assets/'), read: () => readFile(path) });
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}

/** By names alone: of what is in its archive, Electron tells a listing with types wrongly. Links are left out. */
async function filesBelow(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const stat = await lstat(path);
    if (stat.isDirectory()) paths.push(...(await filesBelow(path)));
    else if (stat.isFile()) paths.push(path);
  }
  return paths;
}
