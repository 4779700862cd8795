import type { ShellRequest } from '../../shared/ipc/shell-schemas';

type Question = Extract<ShellRequest, { number: number }>['kind'];

/** Milliseconds that a page has for a first word; one that gives none hangs. */
const PATIENCE = 3_000;

interface Pending {
  readonly timer: NodeJS.Timeout;
  readonly resolve: (answer: 'yes' | 'no' | 'silent') => void;
}

/** Questions to one window's page, each answered in any case: one that hangs, crashes or is gone is `silent`. */
export class PageQuestions {
  readonly #patience: number;
  readonly #pending = new Map<number, Pending>();
  #send: ((request: ShellRequest) => void) | null = null;
  #last = 0;

  constructor(patience = PATIENCE) {
    this.#patience = patience;
  }

  /** The page is there and listens. @returns what says that it no longer does */
  open(send: (request: ShellRequest) => void): () => void {
    this.#send = send;
    return () => {
      if (this.#send !== send) return;
      this.#send = null;
      for (const number of [...this.#pending.keys()]) this.#settle(number, 'silent');
    };
  }

  ask(kind: Question): Promise<'yes' | 'no' | 'silent'> {
    const send = this.#send;
    if (!send) return Promise.resolve('silent');
    this.#last += 1;
    const number = this.#last;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(number, 'silent'), this.#patience);
      this.#pending.set(number, { timer, resolve });
      send({ kind, number });
    });
  }

  /** `asking`: the user is being asked; from now on there is no hurry. */
  answer(number: number, answer: 'asking' | 'yes' | 'no'): void {
    if (answer === 'asking') clearTimeout(this.#pending.get(number)?.timer);
    else this.#settle(number, answer);
  }

  #settle(number: number, answer: 'yes' | 'no' | 'silent'): void {
    const pending = this.#pending.get(number);
    this.#pending.delete(number);
    clearTimeout(pending?.timer);
    pending?.resolve(answer);
  }
}
