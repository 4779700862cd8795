import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../../../shared/errors/problem';
import { runCommand } from './run-command';

const node = (script: string, options = {}) =>
  runCommand(process.execPath, ['-e', script], { limit: 20_000, ...options });
const FOREVER = 'setInterval(() => {}, 1000)';

describe('runCommand', () => {
  it('hands on every line and says how it ended', async () => {
    const lines: string[] = [];
    const script = 'console.log("one"); console.log("two")';
    expect(await node(script, { onLine: (line: string) => lines.push(line) })).toEqual({
      outcome: 'done',
      output: 'one\ntwo\n',
    });
    expect(lines).toEqual(['one', 'two']);
    expect(await node('console.error("no"); process.exit(3)')).toEqual({ outcome: 'failed', output: 'no\n' });
    expect((await runCommand('no-such-program-here', [], { limit: 1000 })).outcome).toBe('absent');
  });

  it('ends what runs too long or no longer moves', async () => {
    expect((await node(FOREVER, { limit: 200 })).outcome).toBe('timeout');
    expect((await node(FOREVER, { stalled: () => true })).outcome).toBe('timeout');
  });

  it('ends what is called off', async () => {
    await expect(node(FOREVER, { signal: AbortSignal.timeout(150) })).rejects.toThrow(Cancelled);
    await expect(node(FOREVER, { signal: AbortSignal.abort() })).rejects.toThrow(Cancelled);
  });
});
