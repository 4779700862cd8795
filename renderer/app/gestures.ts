import { english } from '../strings/english';

interface GestureGroup {
  readonly title: string;
  /** What is done with pointer or keys, and what comes of it. */
  readonly gestures: readonly { readonly how: string; readonly what: string }[];
}

/** What pointer and keys do that belongs to no command, by where it is done. */
export const GESTURES: readonly GestureGroup[] = Object.values(english.shortcuts.gestures).map(
  ({ title, ...gestures }) => ({ title, gestures: Object.values(gestures) }),
);
