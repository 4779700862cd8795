import { z } from 'zod';
import { keystrokeSchema } from './keystroke';

const folder = z.string().min(1).max(4_096).nullable();

/** What the user has chosen for this machine, for every window and every drawing. The host keeps it. */
export const settingsSchema = z.strictObject({
  /** Which engine runs use; `automatic`: the fastest that is here. */
  engine: z.enum(['automatic', 'tensorflow', 'onnx']),
  /** How many threads the engine computes with, from when it is started next; null: one a core. */
  threads: z.int().min(1).max(256).nullable(),
  /** Where runs are kept; null: in the app's own data folder. */
  runsFolder: folder,
  /** Where the dialogs of files begin while a drawing is in no file; null: in the user's home. */
  filesFolder: folder,
  /** Whether things move; `system` goes by what the system says of animations. */
  motion: z.enum(['system', 'on', 'off']),
  /** Whether a window that begins with nothing shows the start screen. */
  startScreen: z.boolean(),
  /** The keys of those commands that have others than they come with; an empty list: none. */
  keys: z.record(z.string().max(60), z.array(keystrokeSchema).max(8)),
});

export type Settings = z.infer<typeof settingsSchema>;

export const settingsChangeSchema = settingsSchema.partial();
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

export const DEFAULT_SETTINGS: Settings = {
  engine: 'automatic',
  threads: null,
  runsFolder: null,
  filesFolder: null,
  motion: 'system',
  startScreen: true,
  keys: {},
};

/**
 * Settings out of what a file holds, entry by entry: what can't be understood is left at its default and named. What
 * a newer version added is passed over silently.
 *
 * @throws Error where the text is not JSON, or no object
 */
export function readSettings(text: string): { settings: Settings; misread: string[] } {
  const given: unknown = JSON.parse(text);
  const entries = z.record(z.string(), z.unknown()).parse(given);
  const misread: string[] = [];
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    if (!Object.hasOwn(entries, name)) continue;
    const parsed = schema.safeParse(entries[name]);
    if (parsed.success) settings[name] = parsed.data;
    else misread.push(name);
  }
  return { settings: settingsSchema.parse(settings), misread };
}
