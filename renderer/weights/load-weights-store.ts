import { create } from 'zustand';
import { documentFrom } from '../../shared/document/document-text';
import { setFrozen, takeNetwork } from '../../shared/document/edits';
import { closeDialog } from '../app/dialog-store';
import { askForFile } from '../files/file-dialogs';
import { nameOfRun } from '../runs/run-name';
import { edit } from '../state/document-store';
import { type Message, messageOf } from '../state/messages';
import { call, useSession } from '../state/session-store';
import { type OtherModel, startsFor, useStarting } from './starting-store';

interface LoadWeights {
  /** The model that is looked at; null before one is chosen. */
  readonly source: OtherModel | null;
  /** Why what was chosen is none. */
  readonly failure: Message | null;
  readonly part: 'whole' | 'encoder' | 'decoder' | 'blocks';
  /** Where blocks are chosen one by one, these. */
  readonly blocks: readonly string[];
  /** Whether the other model's blocks are drawn first, in place of this drawing's. */
  readonly takesBlocks: boolean;
  readonly freezes: boolean;
  readonly keepsOthers: boolean;
}

const NOTHING: LoadWeights = {
  source: null,
  failure: null,
  part: 'encoder',
  blocks: [],
  takesBlocks: false,
  freezes: false,
  keepsOthers: false,
};

/** What is being chosen in the dialog. */
export const useLoadWeights = create<LoadWeights>()(() => NOTHING);

let asked = 0;

async function look(read: () => Promise<OtherModel>): Promise<void> {
  asked += 1;
  const mine = asked;
  useLoadWeights.setState({ failure: null });
  try {
    const source = await read();
    if (mine === asked) useLoadWeights.setState({ source });
  } catch (error) {
    if (mine === asked) useLoadWeights.setState({ source: null, failure: messageOf(error) });
  }
}

/** Looks at a kept run. */
export function lookAtRun(id: string): Promise<void> {
  return look(async () => {
    const { run, document } = await call('runs.open', { id });
    return { from: { run: id }, name: nameOfRun(run), document: documentFrom(document) };
  });
}

/** Asks for a place where a trained model lies, and looks at that. */
export async function lookElsewhere(title: string): Promise<void> {
  const answer = await askForFile({
    title,
    purpose: 'data',
    endings: [],
    folder: useSession.getState().host?.home ?? '/',
  });
  if (!answer) return;
  const { path } = answer;
  await look(async () => {
    const document = documentFrom((await call('run.modelAt', { path })).document);
    return { from: { path }, name: document.name, document };
  });
}

/** Begins the dialog anew, with what was chosen before where that is still so. */
export function beginChoosing(run: string | null): void {
  const { model } = useStarting.getState();
  if (run === null && model) {
    const { part, keepsOthers, ...source } = model;
    const isHalf = typeof part === 'string';
    useLoadWeights.setState({
      ...NOTHING,
      ...{ source, keepsOthers, part: isHalf ? part : 'blocks', blocks: isHalf ? [] : part },
    });
  } else {
    useLoadWeights.setState(NOTHING);
    if (run !== null) void lookAtRun(run);
  }
}

/** What was chosen, as the next run is to begin with it. */
export function chosenPart({ part, blocks }: Pick<LoadWeights, 'part' | 'blocks'>) {
  return part === 'blocks' ? blocks : part;
}

/**
 * Has the next runs begin with what was chosen; draws its blocks first, and freezes what is loaded, where that is wanted: one
 * step of undo.
 */
export function acceptChosen(): void {
  const { source, takesBlocks, freezes, keepsOthers, ...choice } = useLoadWeights.getState();
  if (!source) return;
  const model = { ...source, part: chosenPart(choice), keepsOthers };
  if (takesBlocks || freezes) {
    edit((document) => {
      const drawn = takesBlocks ? takeNetwork(document, source.document) : document;
      if (!freezes) return drawn;
      const loaded = (startsFor(drawn, model, null) ?? []).filter(({ outcome }) => outcome === 'loaded');
      return setFrozen(
        drawn,
        loaded.map(({ id }) => id),
        true,
      );
    });
  }
  useStarting.setState({ begin: 'model', model });
  closeDialog();
}
