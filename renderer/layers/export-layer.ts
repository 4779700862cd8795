import { create } from 'zustand';
import { Cancelled } from '../../shared/errors/problem';
import type { Exported } from '../../shared/ipc/layer-schemas';
import { displayName } from '../../shared/plan/display-names';
import { layerFileName } from '../../shared/plan/layer-file-names';
import { formatShape } from '../../shared/tensors/shape';
import { baseFolder } from '../files/base-folder';
import { mayWrite } from '../files/file-actions';
import { askForFile } from '../files/file-dialogs';
import { nameOf } from '../files/paths';
import { useRun } from '../run/run-store';
import { currentDocument } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { call, useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { useLayers } from './layers-store';

/** The file that is being written; null while none is. */
export const useExport = create<{ readonly writing: string | null }>()(() => ({ writing: null }));

let writing: AbortController | null = null;

/** Asks for a file and writes into it what a layer gives out. */
export async function exportLayer(layerId: string, of: Exported, form: 'npy' | 'csv'): Promise<void> {
  const { runId } = useLayers.getState();
  if (runId === null || writing) return;
  const ending = `.${form}`;
  // The names that the run was trained under; of one that another window began, those of the canvas.
  const document = useRun.getState().document ?? currentDocument();
  const group = of.kind === 'group' ? of.group : of.kind === 'place' ? `sample-${of.place + 1}` : 'own';
  const answer = await askForFile({
    title: t('layers.exportTitle', { layer: displayName(document, layerId) }),
    purpose: 'save',
    endings: [ending],
    folder: baseFolder() ?? useSession.getState().host?.home ?? '/',
    name: `${layerFileName(document, layerId)}-${group}${ending}`,
  });
  if (!answer || !(await mayWrite(answer))) return;
  const mine = new AbortController();
  writing = mine;
  useExport.setState({ writing: nameOf(answer.path) });
  try {
    const written = await call('files.exportLayer', { runId, layerId, of, path: answer.path }, mine.signal);
    const shape = formatShape([written.rows, ...written.shape]);
    tell({ severity: 'info', message: t('layers.exported', { file: nameOf(written.path), shape }) });
  } catch (error) {
    if (!(error instanceof Cancelled)) tell(messageOf(error));
  } finally {
    writing = null;
    useExport.setState({ writing: null });
  }
}

export function cancelExport(): void {
  writing?.abort();
}
