import { blockOf } from '../blocks/catalogue';
import type { DocumentBlock, GraphDocument, Wire } from '../document/graph-document';
import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';
import { mirrorActivations, twinId } from './mirror';
import { wireId, wiringOf } from './wiring';

/**
 * A bypassed block stays in the drawing, with its wires and its parameters, but is left out of the network, and its twin
 * with it: what came into it goes on as it is, of a join that of its first wire.
 */

/** Why a block cannot be bypassed, or null where it can. */
export function bypassRefusal({ id, type }: DocumentBlock): Problem | null {
  const role = blockOf(type)?.role;
  if (role === 'layer') return null;
  const why = role === 'code' ? 'the decoder starts from it' : 'the samples come in there';
  return problem('BYPASS_IMPOSSIBLE', { block: id, why }, { nodeId: id, path: 'bypassed' });
}

/** Whether a block of the drawing is left out of the network. */
export function isBypassed(doc: Pick<GraphDocument, 'bypassed'>, block: DocumentBlock): boolean {
  return (doc.bypassed?.includes(block.id) ?? false) && bypassRefusal(block) === null;
}

/** Everything wrong with what a drawing bypasses. */
export function bypassProblems(doc: GraphDocument): Problem[] {
  return (doc.bypassed ?? []).flatMap((id) => {
    const block = doc.blocks.find((other) => other.id === id);
    if (!block) return [problem('PAIR_OF_NOTHING', { field: 'bypassed', id }, { path: 'bypassed' })];
    return bypassRefusal(block) ?? [];
  });
}

const known = new WeakMap<GraphDocument, GraphDocument>();

/**
 * The drawing without what it bypasses: the network that is planned. The same document where nothing is. Documents are
 * never changed in place, so the answer is remembered by identity.
 */
export function withoutBypassed(doc: GraphDocument): GraphDocument {
  const remembered = known.get(doc);
  if (remembered) return remembered;
  const network = leftOut(doc);
  known.set(doc, network);
  return network;
}

function leftOut(doc: GraphDocument): GraphDocument {
  const out = new Set(doc.blocks.filter((block) => isBypassed(doc, block)).map(({ id }) => id));
  if (out.size === 0) return doc;
  const kept = <T>(table: Readonly<Record<string, T>>, name: (id: string) => string) => {
    const names = new Set([...out].map(name));
    return Object.fromEntries(Object.entries(table).filter(([key]) => !names.has(key)));
  };
  const network: GraphDocument = {
    ...doc,
    blocks: doc.blocks.filter(({ id }) => !out.has(id)),
    wires: wiresPast(doc.wires, out),
    decoder: kept(doc.decoder, twinId),
    skips: kept(doc.skips, (id) => id),
    tied: doc.tied.filter((id) => !out.has(id)),
    bypassed: [],
  };
  return { ...network, decoder: withoutSecondOutput(network) };
}

/** The wires past the blocks that are left out, in the order of those they take the place of. */
function wiresPast(wires: readonly Wire[], out: ReadonlySet<string>): Wire[] {
  const firstSource = new Map<string, string>();
  for (const { from, to } of wires) if (!firstSource.has(to)) firstSource.set(to, from);
  const drawn = new Map<string, Wire>();
  for (const { from, to } of wires) {
    if (out.has(to)) continue;
    const seen = new Set<string>();
    let source: string | undefined = from;
    while (source !== undefined && out.has(source) && !seen.has(source)) {
      seen.add(source);
      source = firstSource.get(source);
    }
    if (source === undefined || out.has(source) || (source === to && from !== to)) continue;
    drawn.set(wireId(source, to), { from: source, to });
  }
  return [...drawn.values()];
}

/** Where another twin makes the output while blocks are left out, it has the output's activation for so long. */
function withoutSecondOutput(network: GraphDocument): GraphDocument['decoder'] {
  const { outputMaker } = mirrorActivations(network, wiringOf(network));
  const twin = outputMaker === null ? '' : twinId(outputMaker);
  const { activation: _activation, ...others } = network.decoder[twin] ?? {};
  return Object.hasOwn(network.decoder, twin) ? { ...network.decoder, [twin]: others } : network.decoder;
}
