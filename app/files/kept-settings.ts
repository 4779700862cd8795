import { constants } from 'node:fs';
import { access, copyFile, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { writeWhole } from '../../main/models/atomic-file';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { type Problem, ProblemError } from '../../shared/errors/problem';
import {
  DEFAULT_SETTINGS,
  readSettings,
  type Settings,
  type SettingsChange,
} from '../../shared/settings/settings';

/** The settings of this machine, and what was wrong with their file when it was read. */
export interface SettingsState {
  readonly settings: Settings;
  readonly problem: Problem | null;
}

/** The user's settings in one file of the app's. One that can't be understood is passed over, and said so. */
export class KeptSettings {
  readonly #file: string;
  readonly #listeners = new Set<(state: SettingsState) => void>();
  #state: SettingsState;
  /** The last change; the next one begins after it. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(file: string, state: SettingsState) {
    this.#file = file;
    this.#state = state;
  }

  /** Never fails: without a file that can be read there are the defaults. */
  static async open(file: string): Promise<KeptSettings> {
    return new KeptSettings(file, await read(file));
  }

  get settings(): Settings {
    return this.#state.settings;
  }

  get state(): SettingsState {
    return this.#state;
  }

  /** Calls back with every change. @returns a function that ends this */
  onChange(listener: (state: SettingsState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Changes some settings. They count from now on, and are on the disk when this resolves.
   * @throws ProblemError where a folder is none that can be written, or the settings can't be kept; then all is as before
   */
  change(change: SettingsChange): Promise<void> {
    const turn = this.#turn.catch(() => {}).then(() => this.#change(change));
    this.#turn = turn;
    return turn;
  }

  async #change(change: SettingsChange): Promise<void> {
    for (const folder of [change.runsFolder, change.filesFolder]) if (folder) await assertFolder(folder);
    const settings: Settings = { ...this.#state.settings, ...change };
    try {
      await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
      // What could not be read is not thrown away.
      if (this.#state.problem) await copyFile(this.#file, `${this.#file}.unread`).catch(() => {});
      await writeWhole(this.#file, `${JSON.stringify(settings, null, 1)}\n`, { mode: 0o600 });
    } catch (error) {
      throw fileProblem(error, this.#file, 'write');
    }
    this.#state = { settings, problem: null };
    for (const listener of [...this.#listeners]) listener(this.#state);
  }
}

async function read(file: string): Promise<SettingsState> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const isNew = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const unread = problem('SETTINGS_UNREADABLE', { path: file, what: 'it can’t be read' });
    return { settings: DEFAULT_SETTINGS, problem: isNew ? null : unread };
  }
  try {
    const { settings, misread } = readSettings(text);
    if (misread.length === 0) return { settings, problem: null };
    return { settings, problem: problem('SETTINGS_MISREAD', { path: file, entries: misread }) };
  } catch {
    const unread = problem('SETTINGS_UNREADABLE', { path: file, what: 'it does not hold what settings are' });
    return { settings: DEFAULT_SETTINGS, problem: unread };
  }
}

/** @throws ProblemError where there is no folder, or none that may be written */
async function assertFolder(path: string): Promise<void> {
  if (!isAbsolute(path)) throw new ProblemError(problem('FOLDER_RELATIVE', { path }));
  try {
    const seen = await stat(path);
    if (!seen.isDirectory()) {
      throw new ProblemError(problem('FILE_NOT_REGULAR', { path, expected: 'a folder', got: 'a file' }));
    }
    await access(path, constants.W_OK);
  } catch (error) {
    throw fileProblem(error, path, 'write');
  }
}
