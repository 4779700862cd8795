import { createInterface } from 'node:readline';
import type { Reading, Task } from './measurement';

/**
 * The measured process's side: says `ready` once the engine is loaded, then answers every line `go` on stdin with a
 * Reading as one line of JSON, so that several engines can be measured in turn while the others sit idle.
 */
export async function serve(prepare: (task: Task) => Promise<() => Promise<Reading>>): Promise<void> {
  const task = JSON.parse(process.argv.at(-1) ?? '{}') as Task;
  const go = await prepare(task);
  process.stdout.write('ready\n');
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === 'go') process.stdout.write(`${JSON.stringify(await go())}\n`);
  }
  process.exit(0);
}
