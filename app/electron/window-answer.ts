import type { StaticFiles } from '../host/static-files';
import { pathInWindow } from './page-address';

export interface WindowAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What is answered to a request for one of the window's files; 404 to one for anything else. */
export async function answerWindow(files: StaticFiles, url: string, method: string): Promise<WindowAnswer> {
  if (method !== 'GET' && method !== 'HEAD') return sentence(405, 'Only GET and HEAD are answered.');
  const path = pathInWindow(url);
  const file = path === null ? undefined : files.get(path);
  if (!file) return sentence(404, 'There is nothing here.');
  try {
    const content = await file.read();
    const body = method === 'HEAD' ? new Uint8Array() : new Uint8Array(content);
    return { status: 200, headers: { 'Content-Type': file.type }, body };
  } catch {
    // The built window is being replaced, or the disk failed.
    return sentence(500, 'This could not be read. Try again.');
  }
}

function sentence(status: number, text: string): WindowAnswer {
  const body = new Uint8Array(Buffer.from(`${text}\n`));
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body };
}
