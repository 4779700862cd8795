import { weighted } from '../plan/match-layers';
import { twinId } from '../plan/mirror';
import { planDocument } from '../plan/plan-document';
import { setParameter } from './edit-settings';
import type { GraphDocument } from './graph-document';

/**
 * Freezes blocks and twins, or lets them learn again, by their ids; all others stay as they are, though a twin otherwise
 * follows its block. Ids without weights of their own are passed over, as are all in a drawing that has no plan.
 */
export function setFrozen(doc: GraphDocument, ids: readonly string[], frozen: boolean): GraphDocument {
  const { plan } = planDocument(doc);
  if (!plan) return doc;
  const wanted = new Map(
    weighted(plan).map(({ id, params }) => [id, ids.includes(id) ? frozen : params.frozen === true]),
  );
  let next = doc;
  for (const { id, params } of plan.layers.filter(({ mirrored }) => !mirrored)) {
    const own = wanted.get(id);
    const twin = wanted.get(twinId(id));
    if (own !== undefined && own !== (params.frozen === true)) next = setParameter(next, id, 'frozen', own);
    // Set behind its block, so that it is what it is to be whatever that has become.
    if (twin !== undefined) next = setParameter(next, twinId(id), 'frozen', twin);
  }
  return next;
}
