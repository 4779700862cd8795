import { count, megabytes, type Sentence, type Sentences } from './sentence';

/** What can go wrong between the window and what is behind it, and with the files of drawings. */
export const hostSentences = {
  // Window, host and engine process
  CONNECTION_LOST: (v: { reason: string }): Sentence => ({
    message: `The connection to Hourglass was lost (${v.reason}).`,
    hint: 'It is tried again by itself. If Hourglass was closed, start it and open the address it prints.',
  }),
  DATASET_UNKNOWN: (): Sentence => ({
    message: 'The engine no longer holds this data set.',
    hint: 'Load the data again.',
  }),
  ENGINE_LOST: (v: { reason: string }): Sentence => ({
    message: `The engine stopped (${v.reason}).`,
    hint: 'It is started again by itself; then start the run again. Nothing that you drew is lost.',
  }),
  KEPT_RUN_DAMAGED: (v: { path: string; reason: string }): Sentence => ({
    message: `What was kept of this run in ${v.path} can’t be read: ${v.reason}.`,
    hint: 'Its files were changed or damaged. Delete the run, or put its files back.',
  }),
  READER_TOO_SLOW: (): Sentence => ({
    message: 'The window fell too far behind what it was sent.',
    hint: 'Reload the window.',
  }),
  REQUEST_INVALID: (v: { name: string; detail: string }): Sentence => ({
    message: `“${v.name}” was asked with parameters that do not fit: ${v.detail}.`,
    hint: 'Reload the window, so that it is of the same version as the program that opened it.',
  }),
  REQUEST_UNKNOWN: (v: { name: string }): Sentence => ({
    message: `“${v.name}” was asked, but nothing here answers that.`,
    hint: 'Reload the window, so that it is of the same version as the program that opened it.',
  }),
  RUN_FAULT: (v: { ref: string }): Sentence => ({
    message: `Training stopped because of a fault in Hourglass. The log tells more at ${v.ref}.`,
    hint: 'Start the run again; if it happens again, choose the other engine and report it.',
  }),
  RUN_IN_PROGRESS: (v: { state: string }): Sentence => ({
    message: `A run is ${v.state} already, and the engine trains one model at a time.`,
    hint: 'Stop it, or wait until it is finished.',
  }),
  RUN_NOT_KEPT: (v: { reason: string }): Sentence => ({
    severity: 'warning',
    message: `The run that has ended could not be kept. ${v.reason}`,
    hint: 'Its weights are there until the next run begins. Mend that, then train again.',
  }),
  RUN_NOT_FOUND: (v: { id: string; folders: string }): Sentence => ({
    message: `There is no run “${v.id}” in ${v.folders}.`,
    hint: '“hourglass runs” lists those there are; name another folder behind it.',
  }),
  RUN_UNKNOWN: (): Sentence => ({
    message: 'The engine does not know this run; it may have been started before the engine was restarted.',
    hint: 'Start the run again.',
  }),
  SWEEP_IN_PROGRESS: (): Sentence => ({
    message: 'A sweep of code sizes is going on, and the engine trains one model at a time.',
    hint: 'Stop it in the panel of runs, or wait until it is finished.',
  }),
  TOO_MANY_REQUESTS: (v: { limit: number }): Sentence => ({
    message: `More than ${count(v.limit)} requests are waiting for an answer.`,
    hint: 'Wait a moment, or reload the window.',
  }),

  // Files of drawings
  BACKUP_GONE: (): Sentence => ({
    message: 'This backup is no longer there.',
    hint: 'Open the list of backups anew; the oldest go where there are too many.',
  }),
  DISK_FULL: (v: { path: string }): Sentence => ({
    message: `There is no room on the disk to write ${v.path}; the file is as it was before.`,
    hint: 'Free some space, or save to another disk.',
  }),
  FILE_CHANGED: (v: { path: string }): Sentence => ({
    message: `${v.path} was changed by another window or program since it was read here.`,
    hint: 'Reload it, save a copy under another name, or replace it.',
  }),
  FILE_EXISTS: (v: { path: string }): Sentence => ({
    message: `${v.path} is there already.`,
    hint: 'Choose another name, or add --force to replace it.',
  }),
  FILE_MISSING: (v: { path: string }): Sentence => ({
    message: `Expected a file or folder at ${v.path}, but there is none.`,
    hint: 'Check the path; it may have been moved or renamed.',
  }),
  FILE_NAME: (v: { path: string; known: string }): Sentence => ({
    message: `Expected the name of a drawing (${v.known}), got ${v.path}.`,
    hint: 'Choose a file with one of these endings.',
  }),
  EXPORT_NAME: (v: { path: string; known: string }): Sentence => ({
    message: `Expected the absolute path of a file that ends in ${v.known}, got ${v.path}.`,
    hint: 'Choose a file with one of these endings.',
  }),
  FILE_NOT_TEXT: (v: { path: string }): Sentence => ({
    message: `Expected text in UTF-8, but ${v.path} holds something else.`,
    hint: 'The file is damaged or was not made by Hourglass.',
  }),
  FILE_NOT_REGULAR: (v: { path: string; expected: string; got: string }): Sentence => ({
    message: `Expected ${v.expected} at ${v.path}, but it is ${v.got}.`,
    hint: 'Choose another.',
  }),
  FILE_PERMISSION: (v: { path: string; action: string }): Sentence => ({
    message: `The system does not allow Hourglass to ${v.action} ${v.path}.`,
    hint: 'Choose another place, or change the permissions of this one.',
  }),
  FILE_TOO_LARGE: (v: { path: string; bytes: number; limit: number }): Sentence => ({
    message: `${v.path} has ${megabytes(v.bytes)}; drawings of at most ${megabytes(v.limit)} are read and written.`,
    hint: 'Choose another file.',
  }),
  FILE_UNREADABLE: (v: { path: string; action: string; reason: string }): Sentence => ({
    message: `Hourglass could not ${v.action} ${v.path} (${v.reason}).`,
    hint: 'Try again, or choose another place.',
  }),

  // Settings
  FOLDER_RELATIVE: (v: { path: string }): Sentence => ({
    message: `Expected the full path of a folder, got “${v.path}”.`,
    hint: 'Write it from the root of the disk, or choose the folder by “Choose…”.',
  }),
  SETTINGS_MISREAD: (v: { path: string; entries: readonly string[] }): Sentence => ({
    severity: 'warning',
    message: `Of the settings in ${v.path}, these were not understood: ${v.entries.join(', ')}. They are at their defaults.`,
    hint: 'Set them anew in the settings (File menu); the file as it was is then kept beside, ending in .unread.',
  }),
  SETTINGS_UNREADABLE: (v: { path: string; what: string }): Sentence => ({
    severity: 'warning',
    message: `The settings in ${v.path} were passed over: ${v.what}. The defaults are used.`,
    hint: 'Set them anew in the settings (File menu); the file as it was is then kept beside, ending in .unread.',
  }),
} satisfies Sentences;
