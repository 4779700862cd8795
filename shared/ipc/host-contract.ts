import { z } from 'zod';
import { settingsChangeSchema, settingsSchema } from '../settings/settings';
import { draftSchema } from './draft-schema';
import { fileEntry } from './host-schemas';
import { modelAbout } from './model-schemas';
import { fileAnswerSchema, fileQuestionSchema, shellMenuSchema, shellRequestSchema } from './shell-schemas';
import { problemSchema } from './value-schemas';

/** Calls with the program that opened the window. */
export const hostCalls = {
  'host.describe': {
    to: 'host',
    params: z.object({}),
    result: z.object({
      version: z.string(),
      shell: z.enum(['browser', 'electron']),
      home: z.string(),
      examples: z.string(),
      /** What the window and its host run on. */
      versions: z.array(z.object({ name: z.string(), version: z.string() })),
      logFolder: z.string(),
      /** Where the app keeps what is its own: drafts, settings and, where nothing else is chosen, runs. */
      dataFolder: z.string(),
    }),
  },
  // `shell.*`: for the window's own shell, where that is a desktop app. Browser hosts have no answer.
  /** The menus of this window; told anew whenever something in them changes. */
  'shell.showMenus': {
    to: 'host',
    params: z.object({ menus: z.array(shellMenuSchema).max(12) }),
    result: z.object({}),
  },
  /** What is drawn in this window: for its frame, and so that a file is open in one window only. */
  'shell.showDocument': {
    to: 'host',
    params: z.object({ path: z.string().nullable(), edited: z.boolean(), untouched: z.boolean() }),
    result: z.object({}),
  },
  /** Asks in the system's own dialog; null where the user called it off. */
  'shell.askForFile': {
    to: 'host',
    params: fileQuestionSchema,
    result: z.object({ answer: fileAnswerSchema }),
  },
  /** Brings the other window forward in which this file is open, if there is one. */
  'shell.showIfOpen': {
    to: 'host',
    params: z.object({ path: z.string().min(1) }),
    result: z.object({ shown: z.boolean() }),
  },
  'shell.openWindow': { to: 'host', params: z.object({}), result: z.object({}) },
  'shell.openLogFolder': { to: 'host', params: z.object({}), result: z.object({}) },
  /** Shows a file or folder in the system's file manager. */
  'shell.showInFolder': {
    to: 'host',
    params: z.object({ path: z.string().min(1).max(4_096) }),
    result: z.object({}),
  },
  /** To a request that has a number. `asking`: the user is being asked, however long that takes. */
  'shell.answer': {
    to: 'host',
    params: z.object({ number: z.int(), answer: z.enum(['asking', 'yes', 'no']) }),
    result: z.object({}),
  },
  'files.list': {
    to: 'host',
    params: z.object({ path: z.string() }),
    result: z.object({ path: z.string(), parent: z.string().nullable(), entries: z.array(fileEntry) }),
  },
  'files.read': {
    to: 'host',
    /** `drawingOnly`: of a file with weights the drawing alone, whatever is wrong with these. */
    params: z.object({ path: z.string(), drawingOnly: z.boolean().optional() }),
    /** `model`: what else the file holds, where it carries weights. */
    result: z.object({
      path: z.string(),
      text: z.string(),
      hash: z.string(),
      model: modelAbout.optional(),
    }),
  },
  /** Atomic. `expectedHash`: what the file held when last read; null where it must be new or is meant to be replaced. */
  'files.write': {
    to: 'host',
    params: z.object({ path: z.string(), text: z.string(), expectedHash: z.string().nullable() }),
    result: z.object({ path: z.string(), hash: z.string() }),
  },
  /** Ends the engine, whatever it is doing, and starts it anew. The run going on is lost. */
  'host.restartEngine': { to: 'host', params: z.object({}), result: z.object({}) },
  /** Begins to fetch TensorFlow (`host.tensorflow` tells how it goes), also after a failure. */
  'host.fetchTensorFlow': { to: 'host', params: z.object({}), result: z.object({}) },
  /** Changes some settings; `host.settings` then tells all of them to every window. */
  'host.changeSettings': { to: 'host', params: settingsChangeSchema, result: z.object({}) },
  /** Calls the fetching off; the answer comes when nothing of it goes on any more. */
  'host.cancelTensorFlow': { to: 'host', params: z.object({}), result: z.object({}) },
  /** The drawings last opened or saved, newest first: full paths. */
  'files.recent': { to: 'host', params: z.object({}), result: z.object({ files: z.array(z.string()) }) },
  /** Unsaved changes, kept apart from the user's files until `drafts.forget`, or for ever. */
  'drafts.keep': { to: 'host', params: draftSchema, result: z.object({}) },
  'drafts.forget': { to: 'host', params: draftSchema.pick({ id: true }), result: z.object({}) },
  /** What windows of this app, and of apps that have ended, left; newest first. */
  'drafts.list': { to: 'host', params: z.object({}), result: z.object({ drafts: z.array(draftSchema) }) },
} as const;

/** Streams with the program that opened the window. */
export const hostStreams = {
  /** `up` again after a restart has a new `generation`. The notice of a death comes within 2 s. */
  'host.engine': {
    to: 'host',
    params: z.object({}),
    event: z.object({
      state: z.enum(['starting', 'up', 'down']),
      generation: z.int(),
      reason: z.string().optional(),
      /** Seconds since the engine last answered; absent while it does. It may be in a step that takes so long. */
      silentFor: z.int().optional(),
    }),
  },
  /** The settings of this machine, at once and after each change; what was wrong with their file, until one is made. */
  'host.settings': {
    to: 'host',
    params: z.object({}),
    event: z.object({ settings: settingsSchema, problem: problemSchema.nullable() }),
  },
  /** Whether TensorFlow is on this machine, and how its fetching goes. `ready`: the next run may train with it. */
  'host.tensorflow': {
    to: 'host',
    params: z.object({}),
    event: z.discriminatedUnion('state', [
      /** `allowed`: whether it may be fetched. */
      z.object({
        state: z.literal('absent'),
        reason: z.string(),
        cure: z.string(),
        allowed: z.boolean(),
      }),
      /** `done` and `total` in bytes, of this step; null where they are not known. */
      z.object({
        state: z.literal('fetching'),
        doing: z.string(),
        done: z.number().nullable(),
        total: z.number().nullable(),
      }),
      z.object({ state: z.literal('ready') }),
      z.object({ state: z.literal('failed'), reason: z.string(), cure: z.string() }),
    ]),
  },
  /** Told whenever something about the kept runs has changed; `failure`: why the last run could not be kept. */
  'host.runs': {
    to: 'host',
    params: z.object({}),
    event: z.object({ revision: z.int(), failure: problemSchema.nullable() }),
  },
  /** What the desktop shell wants of this window's page. */
  'shell.requests': { to: 'host', params: z.object({}), event: shellRequestSchema },
} as const;
