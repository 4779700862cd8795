import { useEffect } from 'react';
import { parseKeystroke, writesText } from '../../shared/settings/keystroke';
import { commandOf } from './commands';
import { isModalOpen } from './dialog-store';
import { COMMAND_IDS, keysOf, ownKeysOf } from './keys';
import { isPressed } from './pressed-keys';
import { runCommand } from './run-command';

/** Runs the commands' keys, but not while a menu or a dialog is open or, where the command says so, while typing. */
export function useShortcuts(): void {
  useEffect(() => {
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** What `useShortcuts` makes of a key, also for what would else take it for its own. */
export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('[role="dialog"], [role="menu"], [role="listbox"]')) return;
  if (isModalOpen()) return;
  const field = target?.closest('input, textarea, select, [contenteditable="true"]') ?? null;
  const typing = field !== null && !field.matches('[type="checkbox"], [readonly]');
  for (const id of COMMAND_IDS) {
    const command = commandOf(id);
    const keys = keysOf(id).find((each) => isPressed(event, each));
    if (keys === undefined) continue;
    // The browser makes an event of these, unless the user gave the command others.
    if (command.native && ownKeysOf(id).includes(keys)) return;
    if (command.when && !command.when()) continue;
    // A key that writes something does that first, whatever it was bound to.
    if (typing && (!command.whileTyping || writesText(parseKeystroke(keys)))) return;
    if (field && command.canvasOnly) return;
    event.preventDefault();
    runCommand(id);
    return;
  }
}
