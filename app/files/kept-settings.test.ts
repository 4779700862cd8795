import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../shared/errors/problem';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings';
import { KeptSettings } from './kept-settings';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-settings-'));
  file = join(folder, 'kept', 'settings.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof ProblemError ? error.problems[0].code : String(error);
}

describe('kept settings', () => {
  it('are the defaults where there are none, without a word', async () => {
    expect((await KeptSettings.open(file)).state).toEqual({ settings: DEFAULT_SETTINGS, problem: null });
  });

  it('are there again at the next start, and every listener is told', async () => {
    const kept = await KeptSettings.open(file);
    const told: (number | null)[] = [];
    const end = kept.onChange(({ settings }) => told.push(settings.threads));
    await Promise.all([kept.change({ threads: 3 }), kept.change({ engine: 'onnx' })]);
    end();
    await kept.change({ motion: 'off' });
    expect(told).toEqual([3, 3]);
    const again = await KeptSettings.open(file);
    expect(again.settings).toEqual({ ...DEFAULT_SETTINGS, threads: 3, engine: 'onnx', motion: 'off' });
  });

  it('a broken file is passed over with a word, and kept beside when there are new ones', async () => {
    const first = await KeptSettings.open(file);
    await first.change({ threads: 2 });
    await writeFile(file, '{"threads": 2, oops');
    const kept = await KeptSettings.open(file);
    expect(kept.settings).toEqual(DEFAULT_SETTINGS);
    expect(kept.state.problem).toMatchObject({ code: 'SETTINGS_UNREADABLE', severity: 'warning' });
    await kept.change({ threads: 4 });
    expect(kept.state.problem).toBeNull();
    expect((await readdir(join(folder, 'kept'))).sort()).toEqual(['settings.json', 'settings.json.unread']);
    expect(await readFile(`${file}.unread`, 'utf8')).toContain('oops');
  });

  it('one entry that is wrong is named, and the others count', async () => {
    const first = await KeptSettings.open(file);
    await first.change({ threads: 2, engine: 'onnx' });
    await writeFile(file, JSON.stringify({ threads: 'many', engine: 'onnx' }));
    const { settings, problem } = (await KeptSettings.open(file)).state;
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, engine: 'onnx' });
    expect(problem?.message).toContain('threads');
  });

  it('a folder must be one that can be written', async () => {
    const kept = await KeptSettings.open(file);
    await writeFile(join(folder, 'file'), '');
    expect(await codeOf(kept.change({ runsFolder: join(folder, 'nowhere') }))).toBe('FILE_MISSING');
    expect(await codeOf(kept.change({ runsFolder: join(folder, 'file') }))).toBe('FILE_NOT_REGULAR');
    expect(await codeOf(kept.change({ filesFolder: 'here' }))).toBe('FOLDER_RELATIVE');
    expect(kept.settings).toEqual(DEFAULT_SETTINGS);
    await kept.change({ runsFolder: folder });
    expect(kept.settings.runsFolder).toBe(folder);
  });
});
