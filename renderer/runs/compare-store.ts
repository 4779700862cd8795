import { create } from 'zustand';
import { documentFrom, parseDocument } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import type { CallResult, Film, KeptRun } from '../../shared/ipc/contract';
import { startingFolder } from '../files/file-actions';
import { askForFile } from '../files/file-dialogs';
import { nameOf } from '../files/paths';
import { currentDocument } from '../state/document-store';
import { type Message, messageOf } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import { nameOfRun } from './run-name';

/** A design among those that are compared. */
export interface ComparedDesign {
  /** `A`, `B`, …: told beside its colour everywhere. */
  readonly letter: string;
  readonly name: string;
  readonly document: GraphDocument;
}

/** A kept run with all that comparing takes. */
export interface ComparedRun extends ComparedDesign {
  readonly run: KeptRun;
  readonly history: CallResult<'runs.open'>['history'];
  readonly film: Film | null;
}

interface CompareState {
  readonly isOpen: boolean;
  /** Null while they are read. */
  readonly designs: readonly ComparedDesign[] | null;
  /** Those of the designs that were trained. */
  readonly runs: readonly ComparedRun[];
  readonly failure: Message | null;
}

const CLOSED: CompareState = { isOpen: false, designs: null, runs: [], failure: null };

export const useCompare = create<CompareState>()(() => CLOSED);

/** More could hardly be told apart. */
export const MOST_COMPARED = 6;
const LETTERS = 'ABCDEF';

let asked = 0;

/** Opens the comparison of some runs, in the order they were ticked. */
export function compareRuns(ids: readonly string[]): Promise<void> {
  return compare([], ids);
}

/** Opens the comparison of a kept run with the drawing on the canvas. */
export function compareWithDrawing(id: string): Promise<void> {
  return compare([drawingOnCanvas()], [id]);
}

/** Asks for another drawing's file, and opens the comparison of the drawing on the canvas with it. */
export async function compareWithFile(): Promise<void> {
  const answer = await askForFile({
    title: t('compare.chooseFile'),
    purpose: 'open',
    endings: ['.hourglass', '.png'],
    folder: startingFolder(),
  });
  if (!answer) return;
  const { path } = answer;
  const read = async () => ({
    name: nameOf(path),
    document: parseDocument((await call('files.read', { path })).text),
  });
  await compare([drawingOnCanvas(), read], []);
}

type Named = Omit<ComparedDesign, 'letter'>;

function drawingOnCanvas(): () => Promise<Named> {
  const document = currentDocument();
  return () => Promise.resolve({ name: t('compare.drawing', { name: document.name }), document });
}

/** @param drawings those that are no runs, which come first */
async function compare(drawings: readonly (() => Promise<Named>)[], ids: readonly string[]): Promise<void> {
  asked += 1;
  const mine = asked;
  useCompare.setState({ ...CLOSED, isOpen: true });
  try {
    const named = await Promise.all(drawings.map((read) => read()));
    const others = named.map((design, at) => ({ letter: letterOf(at), ...design }));
    const room = MOST_COMPARED - others.length;
    const runs = await Promise.all(
      ids.slice(0, room).map((id, at) => comparedRun(id, letterOf(at + others.length))),
    );
    if (mine === asked) useCompare.setState({ designs: [...others, ...runs], runs });
  } catch (error) {
    if (mine === asked) useCompare.setState({ failure: messageOf(error) });
  }
}

async function comparedRun(id: string, letter: string): Promise<ComparedRun> {
  const [opened, { film }] = await Promise.all([call('runs.open', { id }), call('runs.film', { id })]);
  const { run, history } = opened;
  return { letter, name: nameOfRun(run), run, document: documentFrom(opened.document), history, film };
}

function letterOf(at: number): string {
  return LETTERS[at] ?? '';
}

export function closeComparison(): void {
  asked += 1;
  useCompare.setState(CLOSED);
}
