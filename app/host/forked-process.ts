import { fork } from 'node:child_process';
import { childTransport } from './child-transport';
import type { HostedProcess, Output } from './hosted-process';

/**
 * Starts a built program as a fork of this Node.
 * @param env what its environment has beside this one's
 */
export function forkedProcess(
  entry: string,
  output: Output,
  env: Readonly<Record<string, string>> = {},
): HostedProcess {
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', output, output, 'ipc'],
    execArgv: [],
    env: { ...process.env, ...env },
  });
  const transport = childTransport(child);
  return {
    pid: () => child.pid,
    transport,
    outputs: [child.stdout, child.stderr].flatMap((stream) => (stream ? [stream] : [])),
    gone: new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    }),
    end: () => {
      if (child.connected) child.disconnect();
    },
    kill: () => child.kill('SIGKILL'),
  };
}
