import { parseKeystroke, writeKeystroke } from '../../shared/settings/keystroke';
import { useSettings } from '../settings/settings-store';
import { shell } from '../shell/own-shell';
import { type CommandId, commandOf, commands } from './commands';
import { shownKeystroke } from './pressed-keys';

export const COMMAND_IDS = Object.keys(commands) as CommandId[];

/** The keys a command comes with in this window; the first is the one to show. */
export function ownKeysOf(id: CommandId): readonly string[] {
  const { keys = [], appKeys = [] } = commandOf(id);
  return shell.hasAllKeys ? [...appKeys, ...keys] : keys;
}

/** The keys that run a command: those the user gave it, or else its own. The first is the one to show. */
export function keysOf(id: CommandId): readonly string[] {
  return useSettings.getState().settings.keys[id] ?? ownKeysOf(id);
}

/** `Ctrl+Shift+S`; empty where there are none. */
export function shownKeys(id: CommandId): string {
  const [first] = keysOf(id);
  return first === undefined ? '' : shownKeystroke(first);
}

/** `Undo (Ctrl+Z)`. */
export function withKeys(label: string, id: CommandId): string {
  const keys = shownKeys(id);
  return keys === '' ? label : `${label} (${keys})`;
}

/** The commands that these keys run. */
export function commandsWith(keys: string): readonly CommandId[] {
  const wanted = writeKeystroke(parseKeystroke(keys));
  return COMMAND_IDS.filter((id) =>
    keysOf(id).some((each) => writeKeystroke(parseKeystroke(each)) === wanted),
  );
}

/** Keeps what shows keys up to date. */
export function useKeys(): Readonly<Record<string, readonly string[]>> {
  return useSettings((state) => state.settings.keys);
}
