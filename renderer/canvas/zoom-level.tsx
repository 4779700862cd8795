import { useStore, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';

/** Below this zoom a block shows its short form: its numbers alone, still large enough to be read. */
export const SHORT_BELOW = 0.6;
/** Below this zoom a block uses its brief name and leaves its parameter count out. */
const BRIEF_BELOW = 0.8;

/** How much of itself a block shows at the present zoom. */
export function useBlockForm(): 'full' | 'brief' | 'short' {
  return useStore(({ transform: [, , zoom] }) =>
    zoom < SHORT_BELOW ? 'short' : zoom < BRIEF_BELOW ? 'brief' : 'full',
  );
}

/** Tells the style sheets the zoom (`--hg-zoom`), so that text, handles and lines keep a size that can be seen. */
export function ZoomLevel() {
  const store = useStoreApi();
  const zoom = useStore(({ transform }) => transform[2].toFixed(2));
  useEffect(() => store.getState().domNode?.style.setProperty('--hg-zoom', zoom), [store, zoom]);
  return null;
}
