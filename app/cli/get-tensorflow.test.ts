import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AcquireResult } from '../../main/execute/tensorflow/acquire';
import type { CliIo } from './cli-io';
import { getTensorFlow } from './get-tensorflow';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-get-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const FAILURE: AcquireResult = { ok: false, reason: 'No connection.', cure: 'Connect.' };

function attempt(env: Record<string, string> = {}) {
  let err = '';
  let attempts = 0;
  const io: CliIo = {
    out: () => expect.unreachable('nothing here is a result'),
    err: (text) => {
      err += text;
    },
    terminal: null,
    env,
    workingFolder: folder,
    logFile: join(folder, 'cli.log'),
    cacheFolder: join(folder, 'cache'),
    dataFolder: '/nowhere',
    onInterrupt: () => () => {},
  };
  return {
    async get(result: AcquireResult, options: { again?: boolean; present?: boolean } = {}) {
      const acquire = async () => {
        attempts += 1;
        return result;
      };
      const isPresent = () => options.present ?? false;
      return getTensorFlow(io, { again: options.again }, { isPresent, acquire });
    },
    said: () => err,
    attempts: () => attempts,
  };
}

describe('getTensorFlow', () => {
  it('does nothing where TensorFlow is here', async () => {
    const { get, attempts, said } = attempt();
    expect(await get(FAILURE, { present: true })).toBe(true);
    expect(attempts()).toBe(0);
    expect(said()).toBe('');
  });

  it('remembers a failure for a day, unless asked to try again', async () => {
    const { get, attempts, said } = attempt();
    expect(await get(FAILURE)).toBe(false);
    expect(said()).toMatch(/could not be fetched: No connection\.\n {2}Connect\./);
    expect(await get(FAILURE)).toBe(false);
    expect(attempts()).toBe(1);
    expect(await get({ ok: true, how: 'fetched' }, { again: true })).toBe(true);
    expect(attempts()).toBe(2);
    // The failure is forgotten with the success.
    await get(FAILURE);
    expect(attempts()).toBe(3);
  });

  it.each([
    ['is older', JSON.stringify({ at: Date.now() - 25 * 3600 * 1000, reason: 'No connection.' })],
    ['lies in the future', JSON.stringify({ at: Date.now() + 3600 * 1000, reason: 'No connection.' })],
    ['is damaged', '{"at":'],
  ])('tries where what it remembers %s', async (_, text) => {
    const { get, attempts } = attempt();
    await get(FAILURE);
    const [name] = await readdir(join(folder, 'cache'));
    await writeFile(join(folder, 'cache', name!), text);
    await get(FAILURE);
    expect(attempts()).toBe(2);
  });

  it('fetches nothing with HOURGLASS_NO_DOWNLOAD=1', async () => {
    const { get, attempts, said } = attempt({ HOURGLASS_NO_DOWNLOAD: '1' });
    expect(await get(FAILURE, { again: true })).toBe(false);
    expect(attempts()).toBe(0);
    expect(said()).toMatch(/HOURGLASS_NO_DOWNLOAD/);
  });
});
