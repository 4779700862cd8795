import { create, type StoreApi } from 'zustand';

/**
 * Every question about files goes through here, so that a desktop shell can answer with the system's own dialogs.
 * In a browser the answers come from `file-browser.tsx`, over the host's `files.list`.
 */
export interface FileQuestion {
  readonly title: string;
  /** `open`: an existing file; `save`: a file to write; `data`: an existing file or a folder. */
  readonly purpose: 'open' | 'save' | 'data';
  /** Endings shown, with the dot; others are left out. Empty: every file. */
  readonly endings: readonly string[];
  /** The folder to begin in. */
  readonly folder: string;
  /** The name proposed when saving. */
  readonly name?: string;
}

/** What is being asked at present, with the function that answers it; null while nothing is. */
interface Asking<Question> {
  readonly asked: (Question & { readonly answer: (answer: string | null) => void }) | null;
}

export const useFileQuestion = create<Asking<FileQuestion>>()(() => ({ asked: null }));

/** The absolute path the user chose, or null where they called it off. */
export function askForFile(question: FileQuestion): Promise<string | null> {
  return ask(useFileQuestion, question);
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
