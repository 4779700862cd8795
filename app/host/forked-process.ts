import { fork } from 'node:child_process';
import { childTransport } from './child-transport';
import type { HostedProcess, Output } from './hosted-process';

/** Starts a built program as a fork of this Node. */
export function forkedProcess(entry: string, output: Output): HostedProcess {
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', output, output, 'ipc'],
    execArgv: [],
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
