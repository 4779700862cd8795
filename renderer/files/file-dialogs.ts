import { create, type StoreApi } from 'zustand';
import type { FileAnswer, FileQuestion } from '../../shared/ipc/shell-schemas';
import { shell } from '../shell/own-shell';

/** What is being asked at present, with the function that answers it; null while nothing is. */
interface Asking<Question> {
  readonly asked: (Question & { readonly answer: (answer: string | null) => void }) | null;
}

export const useFileQuestion = create<Asking<FileQuestion>>()(() => ({ asked: null }));

/**
 * The absolute path the user chose, or null where they called it off. Every question about files goes through here: a
 * desktop shell answers with the system's own dialogs, elsewhere `file-browser.tsx` does, over the host's `files.list`.
 */
export async function askForFile(question: FileQuestion): Promise<FileAnswer> {
  if (shell.askForFile) return shell.askForFile(question);
  const path = await ask(useFileQuestion, question);
  return path === null ? null : { path, mayReplace: false };
}

/** A question with a few buttons; the last choice is the one that changes nothing. */
export interface Choice {
  readonly title: string;
  readonly text: string;
  readonly choices: readonly {
    readonly value: string;
    readonly label: string;
    readonly kind?: 'main' | 'danger';
  }[];
}

export const useChoice = create<Asking<Choice>>()(() => ({ asked: null }));

/** The value of the button pressed, or null where the question was closed. */
export function askToChoose(choice: Choice): Promise<string | null> {
  return ask(useChoice, choice);
}

/** Asks; a question that is still open is called off. */
function ask<Question>(store: StoreApi<Asking<Question>>, question: Question): Promise<string | null> {
  store.getState().asked?.answer(null);
  return new Promise((resolve) => {
    const answer = (given: string | null) => {
      store.setState({ asked: null });
      resolve(given);
    };
    store.setState({ asked: { ...question, answer } });
  });
}
