import type { CommandId } from '../app/commands';

/** An item of a context menu: a command of the window, a deed of its own, or several under one name. */
export type MenuEntry =
  | { readonly kind: 'line' }
  | {
      readonly kind: 'command';
      readonly id: CommandId;
      /** What it does here, where its own name says more than that. */
      readonly label?: string;
    }
  | {
      readonly kind: 'deed';
      readonly label: string;
      readonly run: () => void;
      /** Why it cannot be done now. */
      readonly refusal?: string | undefined;
      /** Whether it is what holds now, where it is one of several. */
      readonly checked?: boolean;
    }
  | { readonly kind: 'sub'; readonly label: string; readonly entries: readonly MenuEntry[] };
