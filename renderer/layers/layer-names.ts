import { useCallback } from 'react';
import { displayName } from '../../shared/plan/display-names';
import { useRun } from '../run/run-store';
import { useDocument } from '../state/document-store';

/** What people call the layers of the run shown: by the drawing that was trained, or by that on the canvas after a reload. */
export function useLayerNames(): (id: string) => string {
  const trained = useRun((state) => state.document);
  const present = useDocument((state) => state.history.present);
  const document = trained ?? present;
  return useCallback((id: string) => displayName(document, id), [document]);
}
