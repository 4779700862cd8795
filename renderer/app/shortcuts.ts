import { useEffect } from 'react';
import { type CommandId, commandOf, commands, shortcutsOf } from './commands';

const ids = Object.keys(commands) as CommandId[];

/** Runs the commands' keys, but not while a menu or a dialog is open or, where the command says so, while typing. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('[role="dialog"], [role="menu"], [role="listbox"]')) return;
      const field = target?.closest('input, textarea, select, [contenteditable="true"]') ?? null;
      const typing = field !== null && !field.matches('[type="checkbox"], [readonly]');
      for (const id of ids) {
        const command = commandOf(id);
        if (!shortcutsOf(command).some((keys) => matches(event, keys))) continue;
        if (command.native) return;
        if (command.when && !command.when()) continue;
        if (typing && !command.whileTyping) return;
        if (field && command.canvasOnly) return;
        event.preventDefault();
        if (command.enabled?.() ?? true) command.run();
        return;
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/**
 * Letters are matched by what they type (`key`), so that they sit where the user's own layout has them; digits with Shift,
 * and letters with Alt, by where they are (`code`), as these type other signs then.
 */
function matches(event: KeyboardEvent, keys: string): boolean {
  const words = keys.split('+');
  const key = words.at(-1) ?? '';
  const has = (word: string) => words.includes(word);
  const byPlace =
    (has('Shift') && event.code === `Digit${key}`) ||
    (has('Alt') && event.code === `Key${key.toUpperCase()}`);
  return (
    (event.key.toLowerCase() === key.toLowerCase() || byPlace) &&
    (event.ctrlKey || event.metaKey) === has('Mod') &&
    event.shiftKey === has('Shift') &&
    event.altKey === has('Alt')
  );
}
