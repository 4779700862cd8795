import { z } from 'zod';
import { keystrokeSchema } from '../settings/keystroke';

/** Longer than any path that a system takes. */
const text = z.string().max(33_000);

const line = z.strictObject({ kind: z.literal('line') });

const item = z.strictObject({
  kind: z.literal('item'),
  /** What the page is told when the item is clicked. */
  id: text.min(1),
  label: text,
  /** As commands have them: `Mod+Shift+s`. */
  keys: keystrokeSchema.max(40).optional(),
  enabled: z.boolean(),
});

const submenu = z.strictObject({
  kind: z.literal('submenu'),
  label: text,
  items: z.array(item).max(500),
});

/** One menu of the window's bar, as the page tells its shell. */
export const shellMenuSchema = z.strictObject({
  name: z.enum(['file', 'edit', 'arrange', 'view', 'run', 'help']),
  label: text,
  items: z.array(z.discriminatedUnion('kind', [line, item, submenu])).max(100),
});
export type ShellMenu = z.infer<typeof shellMenuSchema>;

/** A question about files, for the system's own dialog. */
export const fileQuestionSchema = z.strictObject({
  title: z.string().max(300),
  /** `open`: an existing file; `save`: a file to write; `data`: an existing file or a folder; `folder`: only that. */
  purpose: z.enum(['open', 'save', 'data', 'folder']),
  /** Endings shown, with the dot; others are left out. Empty: every file. */
  endings: z.array(z.string().regex(/^\.[a-z0-9]+$/)).max(20),
  /** The folder to begin in. */
  folder: text,
  /** The name proposed when saving. */
  name: z.string().max(1_000).optional(),
});
export type FileQuestion = z.infer<typeof fileQuestionSchema>;

/** `mayReplace`: the user has agreed that a file which is there already is replaced. */
export const fileAnswerSchema = z.object({ path: z.string(), mayReplace: z.boolean() }).nullable();
export type FileAnswer = z.infer<typeof fileAnswerSchema>;

/** What the shell wants of a page. */
export const shellRequestSchema = z.discriminatedUnion('kind', [
  /** An item of the menus was clicked. */
  z.object({ kind: z.literal('menu'), id: z.string() }),
  /** The system, or another start of the app, opens a drawing here. */
  z.object({ kind: z.literal('open'), path: z.string() }),
  /** A link to a drawing, from whoever made it. */
  z.object({ kind: z.literal('openLink'), link: text }),
  /** Some window opened or saved a drawing: `files.recent` has another answer. */
  z.object({ kind: z.literal('recentChanged') }),
  /** May the window be closed? `shell.answer` says so, and before the user is asked, that they are. */
  z.object({ kind: z.literal('mayClose'), number: z.int() }),
  /** It will be. What the user gave up is forgotten before the answer. */
  z.object({ kind: z.literal('closing'), number: z.int() }),
  /** The page stopped, and this is the one in its place. */
  z.object({ kind: z.literal('reloaded'), reason: z.string() }),
]);
export type ShellRequest = z.infer<typeof shellRequestSchema>;
