/** A fault of Hourglass, not of the user: a plain sentence, and where the log tells more. */
export class Bug extends Error {
  override readonly name = 'Bug';
  /** Finds the entry in the log; null where there is none. */
  readonly ref: string | null;

  constructor(ref: string | null) {
    super(
      ref === null
        ? 'Something went wrong inside Hourglass.'
        : `Something went wrong inside Hourglass. The log tells more at ${ref}.`,
    );
    this.ref = ref;
  }
}
