import type { DataReference } from '../../shared/document/data-reference';
import { useDocument } from '../state/document-store';
import { type DataState, useData } from './data-store';

/**
 * The data that the next change of their settings is to change: what the user chose last and is still being loaded, or a table that was
 * refused, or else the drawing's. By the drawing's alone, the second of two quick changes would undo the first.
 */
export function meantReference(
  { loading, refusal }: Pick<DataState, 'loading' | 'refusal'>,
  present: DataReference,
): DataReference {
  if (loading?.chosen && loading.wanted.kind !== 'unknown') return loading.wanted;
  return refusal?.wanted.kind === 'table' ? refusal.wanted : present;
}

/** Whether two references are read from one place, however. */
export function isSameSource(a: DataReference, b: DataReference): boolean {
  return a.kind === b.kind && sourceOf(a) === sourceOf(b);
}

function sourceOf(data: DataReference): string {
  return data.kind === 'builtin' ? data.name : data.path;
}

export function useMeantReference(): DataReference {
  const present = useDocument((state) => state.history.present.data);
  return useData((state) => meantReference(state, present));
}
