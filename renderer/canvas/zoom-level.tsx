import { useStore, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';

/** Below this zoom a block has no room for words: it shows its outline alone, and wires their lines. */
const BARE_BELOW = 0.3;
/** Below this zoom a block shows its short form: its numbers alone, still large enough to be read. */
export const SHORT_BELOW = 0.6;
/** Below this zoom a block uses its brief name and leaves its parameter count out. */
const BRIEF_BELOW = 0.8;

export type BlockForm = 'full' | 'brief' | 'short' | 'bare';

/** How much of itself a block shows at the present zoom. */
export function useBlockForm(): BlockForm {
  return useStore(({ transform: [, , zoom] }) => formAt(zoom));
}

function formAt(zoom: number): BlockForm {
  if (zoom < BARE_BELOW) return 'bare';
  if (zoom < SHORT_BELOW) return 'short';
  return zoom < BRIEF_BELOW ? 'brief' : 'full';
}

/** While zooming, sizes follow by such steps alone: each lays out every block anew. */
const STEP = 1.2;
const SETTLED_MS = 120;

/** Tells the style sheets the zoom (`--hg-zoom`), so that text, handles and lines keep a size that can be seen. */
export function ZoomLevel() {
  const store = useStoreApi();
  useEffect(() => {
    let told = 0;
    let settling: ReturnType<typeof setTimeout> | undefined;
    const tell = (zoom: number) => {
      told = zoom;
      store.getState().domNode?.style.setProperty('--hg-zoom', zoom.toFixed(2));
    };
    const follow = (zoom: number) => {
      clearTimeout(settling);
      if (told === 0 || zoom / told > STEP || told / zoom > STEP) tell(zoom);
      else if (zoom.toFixed(2) !== told.toFixed(2)) settling = setTimeout(() => tell(zoom), SETTLED_MS);
    };
    follow(store.getState().transform[2]);
    const leave = store.subscribe(({ transform }, before) => {
      if (transform[2] !== before.transform[2]) follow(transform[2]);
    });
    return () => {
      leave();
      clearTimeout(settling);
    };
  }, [store]);
  return null;
}
