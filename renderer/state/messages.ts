import { create } from 'zustand';
import { ProblemError } from '../../shared/errors/problem';

/** A short notice at the edge of the window. Problems have this form already. */
export interface Message {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly hint?: string;
}

interface Messages {
  readonly shown: readonly (Message & { readonly id: number })[];
  readonly next: number;
}

export const useMessages = create<Messages>()(() => ({ shown: [], next: 1 }));

const LONGEST_LIST = 4;
/** What a banner says and keeps saying as long as it is true, once for all that asked the engine for something. */
const TOLD_BY_BANNER: ReadonlySet<string> = new Set(['CONNECTION_LOST', 'ENGINE_LOST']);

export function tell(message: Message & { readonly code?: string }): void {
  if (message.code !== undefined && TOLD_BY_BANNER.has(message.code)) return;
  useMessages.setState(({ shown, next }) => ({
    shown: [...shown.filter((other) => other.message !== message.message), { ...message, id: next }].slice(
      -LONGEST_LIST,
    ),
    next: next + 1,
  }));
}

export function dismiss(id: number): void {
  useMessages.setState(({ shown }) => ({ shown: shown.filter((message) => message.id !== id) }));
}

/** What to show of something thrown: the Problem's sentences, or a plain one. */
export function messageOf(error: unknown): Message {
  if (error instanceof ProblemError) return error.problems[0];
  return { severity: 'error', message: error instanceof Error ? error.message : String(error) };
}

export function sentenceOf(error: unknown): string {
  const { message, hint } = messageOf(error);
  return hint ? `${message} ${hint}` : message;
}
