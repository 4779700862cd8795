/**
 * Paths as the host gives them: absolute, with `/` or, on Windows, `\`. Pure text; whether they exist only the host
 * knows.
 */

export function folderOf(path: string): string {
  const at = lastSeparator(path);
  if (at < 0) return '';
  return at === 0 || /^[A-Za-z]:$/.test(path.slice(0, at)) ? path.slice(0, at + 1) : path.slice(0, at);
}

export function nameOf(path: string): string {
  return path.slice(lastSeparator(path) + 1);
}

export function join(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return /[\\/]$/.test(folder) ? folder + name : folder + separator + name;
}

export function isAbsolute(path: string): boolean {
  return /^([\\/]|[A-Za-z]:[\\/])/.test(path);
}

/**
 * The way from a folder to a path, with `/`, as documents store it; the absolute path where they share no root (two
 * drives of Windows).
 */
export function relativeTo(folder: string, path: string): string {
  const from = parts(folder);
  const to = parts(path);
  if (from[0] !== to[0]) return path;
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared += 1;
  const steps = [...from.slice(shared).map(() => '..'), ...to.slice(shared)];
  return steps.length === 0 ? '.' : steps.join('/');
}

/** The absolute path that a document in `folder` means by `path`. */
export function resolveFrom(folder: string, path: string): string {
  if (isAbsolute(path)) return path;
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  const result = parts(folder);
  for (const step of path.split(/[\\/]/)) {
    if (step === '..') {
      if (result.length > 1) result.pop();
    } else if (step !== '.' && step !== '') result.push(step);
  }
  return result.length === 1 ? `${result[0]}${separator}` : result.join(separator);
}

/** What every system takes for a file's name; empty where nothing of the text can be in one. */
export function fileName(text: string): string {
  return text.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80);
}

function parts(path: string): string[] {
  const [root = '', ...rest] = path.split(/[\\/]/);
  return [root, ...rest.filter((part) => part !== '')];
}

function lastSeparator(path: string): number {
  return Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
}
