import type { Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import type { LoadControl, Split } from '../dataset';
import { fileProblem } from '../file-problem';
import { limitsOf, throwIfCancelled } from '../load-limits';

export interface PictureFile {
  /** Relative to the folder, with `/` on every system. */
  readonly name: string;
  /** The real file, links followed. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** When its content or its rights last changed, in ms since 1970. */
  readonly modified: number;
  readonly split: Split;
  /** The folder directly below the set's, where the picture lies in one. */
  readonly className: string | null;
}

export interface FoundPictures {
  /** Sorted by name. */
  readonly files: readonly PictureFile[];
  readonly notes: readonly string[];
}

const extensions = new Set(['.png', '.jpg', '.jpeg', '.jfif', '.webp', '.gif', '.tif', '.tiff', '.avif']);

/**
 * Looks for pictures in `folder` and the folders in it. With a `train` folder in it, training pictures come from
 * there, test pictures from `test` (if there), and what lies elsewhere is left out. The folder directly below gives
 * the class. Each real file counts once, however many links lead to it; links that lead out of `folder` are left out,
 * as are hidden files.
 *
 * @throws ProblemError where the folder is missing or can't be read, or holds more files than allowed @throws Cancelled
 */
export async function findPictures(folder: string, control: LoadControl): Promise<FoundPictures> {
  const walk = new FolderWalk(folder, control);
  return walk.run();
}

export function isPictureName(name: string): boolean {
  return !name.startsWith('.') && extensions.has(extname(name).toLowerCase());
}

/** Names by code units: the same order on every system and in every language. */
function byName<T extends { readonly name: string }>(a: T, b: T): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

class FolderWalk {
  private readonly files: PictureFile[] = [];
  /** Real paths of folders and files already seen. */
  private readonly seen = new Set<string>();
  private looked = 0;
  private outside = 0;
  private elsewhere = 0;
  private root = '';

  constructor(
    private readonly folder: string,
    private readonly control: LoadControl,
  ) {}

  async run(): Promise<FoundPictures> {
    try {
      this.root = await realpath(this.folder);
      const top = await readdir(this.root);
      const sets = setFolders(top);
      const waiting = [''];
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        await this.visit(name, sets, waiting);
      }
    } catch (error) {
      throw fileProblem(error, this.folder);
    }
    return { files: this.files.sort(byName), notes: this.notes() };
  }

  private async visit(
    folderName: string,
    sets: ReadonlyMap<string, Split>,
    waiting: string[],
  ): Promise<void> {
    const entries = await readdir(join(this.root, folderName), { withFileTypes: true });
    for (const entry of entries.sort(byName)) {
      throwIfCancelled(this.control);
      if (entry.name.startsWith('.') || entry.name === '__MACOSX') continue;
      this.countOne();
      const name = folderName === '' ? entry.name : `${folderName}/${entry.name}`;
      const isLink = entry.isSymbolicLink();
      if (!isLink && entry.isFile() && !isPictureName(entry.name)) continue;
      const path = isLink ? await this.followed(name) : join(this.root, name);
      if (path === null || this.seen.has(path)) continue;
      const facts = await stat(path);
      if (facts.isDirectory()) {
        this.seen.add(path);
        waiting.push(name);
      } else if (facts.isFile() && isPictureName(entry.name)) {
        this.seen.add(path);
        this.keep(name, path, facts, sets);
      }
    }
  }

  /** Where a link leads; null for a broken one and for one that leads out of the folder. */
  private async followed(name: string): Promise<string | null> {
    let path: string;
    try {
      path = await realpath(join(this.root, name));
    } catch {
      return null;
    }
    if (path === this.root) return null;
    if (path.startsWith(this.root.endsWith(sep) ? this.root : this.root + sep)) return path;
    this.outside += 1;
    return null;
  }

  private keep(name: string, path: string, { size, ctimeMs }: Stats, sets: ReadonlyMap<string, Split>): void {
    const parts = name.split('/');
    const split = sets.get(parts[0] ?? '');
    if (sets.size > 0 && (split === undefined || parts.length === 1)) {
      this.elsewhere += 1;
      return;
    }
    const inSet = sets.size > 0 ? parts.slice(1) : parts;
    const className = inSet.length > 1 ? (inSet[0] ?? null) : null;
    this.files.push({ name, path, size, modified: ctimeMs, split: split ?? 'train', className });
  }

  private countOne(): void {
    this.looked += 1;
    const { files: limit } = limitsOf(this.control);
    if (this.looked > limit) {
      throw new ProblemError(
        problem('DATA_TOO_LARGE', {
          file: this.folder,
          needed: `more than ${limit} files`,
          limit: `${limit} files`,
        }),
      );
    }
  }

  private notes(): string[] {
    const notes: string[] = [];
    if (this.outside > 0) notes.push(`${this.outside} links lead out of the folder and were not followed.`);
    if (this.elsewhere > 0) {
      notes.push(`${this.elsewhere} pictures lie neither in “train” nor in “test” and were left out.`);
    }
    return notes;
  }
}

/** The folders `train` and `test`, by their names as they are written; none where there is no `train`. */
function setFolders(names: readonly string[]): ReadonlyMap<string, Split> {
  const find = (split: Split) => names.find((name) => name.toLowerCase() === split);
  const train = find('train');
  const test = find('test');
  if (train === undefined) return new Map();
  return new Map([[train, 'train'], ...(test === undefined ? [] : [[test, 'test'] as const])]);
}
