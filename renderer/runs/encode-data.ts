import { create } from 'zustand';
import { Cancelled } from '../../shared/errors/problem';
import type { StreamEvent } from '../../shared/ipc/contract';
import type { TrainedModelChoice } from '../../shared/ipc/model-schemas';
import { askForData } from '../data/choose-files';
import { mayWrite } from '../files/file-actions';
import { askForFile } from '../files/file-dialogs';
import { fileName, folderOf, nameOf } from '../files/paths';
import { messageOf, tell } from '../state/messages';
import { follow } from '../state/session-store';
import { t } from '../strings/strings';

interface Encoding {
  /** Whose weights encode. */
  readonly model: TrainedModelChoice;
  readonly file: string;
  /** 0 to 1; null until something is known. */
  readonly share: number | null;
}

/** The data set that is being encoded; null while none is. */
export const useEncoding = create<{ readonly encoding: Encoding | null }>()(() => ({ encoding: null }));

let working: AbortController | null = null;

/** Asks for a data set and for a file, and writes the codes that a trained model's weights make of it. */
export async function encodeData(model: TrainedModelChoice, name: string): Promise<void> {
  if (working) return;
  const data = await askForData();
  if (data === null) return;
  const answer = await askForFile({
    title: t('runs.encodeTitle', { data: nameOf(data) }),
    purpose: 'save',
    endings: ['.csv', '.npy', '.parquet'],
    folder: folderOf(data),
    name: `${fileName(`${name}-${nameOf(data)}`)}-codes.csv`,
  });
  if (!answer || !(await mayWrite(answer))) return;
  const mine = new AbortController();
  working = mine;
  const show = (share: number | null) =>
    useEncoding.setState({ encoding: { model, file: nameOf(answer.path), share } });
  show(null);
  try {
    const order = { model, data, out: answer.path };
    await follow('runs.encode', order, (event) => told(event, show), mine.signal);
  } catch (error) {
    if (!(error instanceof Cancelled)) tell(messageOf(error));
  } finally {
    working = null;
    useEncoding.setState({ encoding: null });
  }
}

export function cancelEncoding(): void {
  working?.abort();
}

function told(event: StreamEvent<'runs.encode'>, show: (share: number) => void): void {
  if (event.kind === 'progress') {
    if (event.total > 0) show(Math.min(1, event.done / event.total));
    return;
  }
  const { path, codes, values, notes } = event;
  const count = (number: number) => number.toLocaleString('en');
  tell({
    severity: 'info',
    message: t('runs.encoded', { file: nameOf(path), codes: count(codes), values: count(values) }),
    ...(notes.length > 0 && { hint: notes.join(' ') }),
  });
}
