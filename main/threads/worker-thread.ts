import { Worker, type WorkerOptions } from 'node:worker_threads';
import { Cancelled } from '../../shared/errors/problem';

/** A thread that does one job and is ended with it. */
export interface WorkerThread {
  /** Of the built worker. */
  readonly url: URL;
  readonly options: WorkerOptions;
  /** Ends it before it is done. */
  readonly signal: AbortSignal | undefined;
  /** For what is said of an end that nobody asked for: `The PCA thread`. */
  readonly called: string;
}

/** Starts a thread and ends it with its first message. @returns that @throws Cancelled @throws Error where it breaks off */
export function answerOfThread<Answer>(thread: WorkerThread): Promise<Answer> {
  return inThread<Answer>(thread, (worker, end) => {
    worker.once('message', (answer: Answer) => end((resolve) => resolve(answer)));
    worker.once('exit', (code) => end((_, reject) => reject(endedUnasked(thread, code))));
  });
}

/** Starts a thread and hands on its messages until it ends by itself. @throws as `answerOfThread` */
export function messagesOfThread<Message>(
  thread: WorkerThread,
  tell: (message: Message) => void,
): Promise<void> {
  return inThread<void>(thread, (worker, end) => {
    worker.on('message', tell);
    worker.once('exit', (code) =>
      end((resolve, reject) => (code === 0 ? resolve() : reject(endedUnasked(thread, code)))),
    );
  });
}

type Settle<Result> = (resolve: (result: Result) => void, reject: (reason: unknown) => void) => void;

function inThread<Result>(
  { url, options, signal }: WorkerThread,
  listen: (worker: Worker, end: (settle: Settle<Result>) => void) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(url, options);
    const end = (settle: Settle<Result>) => {
      signal?.removeEventListener('abort', cancel);
      void worker.terminate();
      settle(resolve, reject);
    };
    const cancel = () => end(() => reject(new Cancelled()));
    signal?.addEventListener('abort', cancel);
    listen(worker, end);
    worker.once('error', (error) => end(() => reject(error)));
  });
}

function endedUnasked({ called }: WorkerThread, code: number): Error {
  return new Error(`${called} ended (${code}) unasked.`);
}
