import { utilityProcess } from 'electron';
import { Mailbox } from '../../shared/ipc/mailbox';
import type { HostedProcess, Output } from '../host/hosted-process';

/**
 * Starts a built program as a utility process of Electron's. To be called when the app is ready.
 * @param name what the system's list of processes calls it
 * @param env what its environment has beside this one's
 */
export function startUtilityProcess(
  entry: string,
  output: Output,
  name: string,
  env: Readonly<Record<string, string>> = {},
): HostedProcess {
  const child = utilityProcess.fork(entry, [], {
    serviceName: name,
    stdio: output,
    env: { ...process.env, ...env },
  });
  const mailbox = new Mailbox();
  // `kill()` asks politely; a process that hangs would not hear it.
  const kill = () => {
    if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
  };
  child.on('message', (message: unknown) => mailbox.deliver(message));
  child.once('exit', (code) => mailbox.close(`exit code ${code}`));
  // V8 gave up: the exit follows.
  child.on('error', () => {});
  return {
    pid: () => child.pid,
    outputs: [child.stdout, child.stderr].flatMap((stream) => (stream ? [stream] : [])),
    gone: new Promise((resolve) => child.once('exit', () => resolve())),
    end: () => child.kill(),
    kill,
    transport: {
      post: (message) => {
        if (!mailbox.closed) child.postMessage(message);
      },
      onMessage: (listener) => mailbox.onMessage(listener),
      onClose: (listener) => mailbox.onClose(listener),
      close: (reason) => {
        mailbox.close(reason);
        kill();
      },
    },
  };
}
