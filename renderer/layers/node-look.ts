import { useMemo } from 'react';
import type { DrawingNode } from '../../shared/plan/drawing';
import { type BlockLook, useLooks, useLooksWish } from './looks-store';
import { useIsTrained } from './trained-layers';

/**
 * What a block shows of the run; null where there is none, or where the block is no longer the one trained. A collapsed group
 * shows what comes out of it, the silent units of all that it holds and their share of the time together.
 */
export function useNodeLook({ id, holds }: DrawingNode): BlockLook | null {
  const shownId = holds?.last ?? id;
  const onBlocks = useLooksWish((state) => state.onBlocks);
  const own = useLooks((state) => state.blocks.get(shownId));
  const blocks = useLooks((state) => (holds ? state.blocks : null));
  const isTrained = useIsTrained(shownId);
  const look = useMemo(() => {
    if (!own || !blocks || !holds) return own ?? null;
    return { ...own, ...together(holds.members.flatMap((member) => blocks.get(member) ?? [])) };
  }, [own, blocks, holds]);
  return onBlocks && isTrained ? look : null;
}

/** The silent units and the share of the time of several layers. */
function together(looks: readonly BlockLook[]): Pick<BlockLook, 'silent' | 'share'> {
  const shares = looks.flatMap(({ share }) => share ?? []);
  const silences = looks.flatMap(({ silent }) => silent ?? []);
  const [first] = silences;
  return {
    share: shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0),
    silent: first
      ? {
          places: silences.flatMap(({ places }) => places),
          units: silences.reduce((sum, { units }) => sum + units, 0),
          samples: first.samples,
        }
      : null,
  };
}
