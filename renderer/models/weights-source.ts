import { MODEL_STAMP, type ModelSource } from '../../shared/ipc/model-schemas';
import { isOver } from '../run/run-record';
import { useRun } from '../run/run-store';
import { hashOf } from '../state/document-hash';
import { currentDocument, useDocument } from '../state/document-store';
import { presentModel } from './opened-model-store';

/** Whether the drawing's file carries weights. */
function fileHasWeights(): boolean {
  return useDocument.getState().file?.hash.startsWith(MODEL_STAMP) ?? false;
}

/** The run that rests and is of the drawing that is open; null where there is none. */
function runOfDrawing(): string | null {
  const { view, opened } = useRun.getState();
  if (!view || view.runId === '' || !(isOver(view.phase) || view.phase === 'paused')) return null;
  // After a reload only the hash tells that it is this drawing's.
  const isOwn = opened === useDocument.getState().opened;
  return isOwn || view.summary?.documentHash === hashOf(currentDocument()) ? view.runId : null;
}

/** Whether saving the drawing keeps weights: its file carries some, or it was opened with some and is in no file yet. */
export function savesWeights(): boolean {
  return useDocument.getState().file ? fileHasWeights() : presentModel() !== null;
}

/** Where the weights come from that are saved with the drawing. */
export function weightsSource(): ModelSource {
  const { file } = useDocument.getState();
  return {
    runId: runOfDrawing(),
    modelId: presentModel()?.about.modelId ?? null,
    file: file && fileHasWeights() ? { path: file.path, stamp: file.hash } : null,
  };
}

/** Whether there are weights to save. */
export function hasWeights(): boolean {
  return Object.values(weightsSource()).some((source) => source !== null);
}
