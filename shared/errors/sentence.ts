/** What a Problem says. */
export interface Sentence {
  /** What was expected and what came. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
  readonly severity?: 'warning';
}

/** Sentences by code. Each function takes the values that its sentence names. */
export type Sentences = Readonly<Record<string, (values: never) => Sentence>>;

export const count = (value: number) => value.toLocaleString('en');
export const megabytes = (bytes: number) => `${count(Math.ceil(bytes / 1e6))} MB`;
