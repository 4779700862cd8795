import { hideStart } from '../start/start-store';
import { type CommandId, commandOf } from './commands';

/** What can be done without leaving the start screen. */
const AT_START: readonly string[] = [
  'file.new',
  'file.newWindow',
  'file.open',
  'file.settings',
  'file.start',
  'file.template',
  'view.scheme',
];

/** Does what a command says, if that can be done now. What is about the drawing shows it first. */
export function runCommand(id: CommandId): void {
  const { enabled, run } = commandOf(id);
  if (enabled && !enabled()) return;
  if (!AT_START.includes(id) && !id.startsWith('help.')) hideStart();
  run();
}
