import { create } from 'zustand';

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

interface Asked extends FileQuestion {
  readonly answer: (path: string | null) => void;
}

export const useFileQuestion = create<{ readonly asked: Asked | null }>()(() => ({ asked: null }));

/** The absolute path the user chose, or null where they called it off. */
export function askForFile(question: FileQuestion): Promise<string | null> {
  useFileQuestion.getState().asked?.answer(null);
  return new Promise((resolve) => {
    const answer = (path: string | null) => {
      useFileQuestion.setState({ asked: null });
      resolve(path);
    };
    useFileQuestion.setState({ asked: { ...question, answer } });
  });
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

interface AskedChoice extends Choice {
  readonly answer: (value: string | null) => void;
}

export const useChoice = create<{ readonly asked: AskedChoice | null }>()(() => ({ asked: null }));

/** The value of the button pressed, or null where the question was closed. */
export function askToChoose(choice: Choice): Promise<string | null> {
  useChoice.getState().asked?.answer(null);
  return new Promise((resolve) => {
    const answer = (value: string | null) => {
      useChoice.setState({ asked: null });
      resolve(value);
    };
    useChoice.setState({ asked: { ...choice, answer } });
  });
}
