import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import { damaged, isRecord } from '../untrusted-config';

/**
 * The layers of a functional model in the order they run, where each feeds the next one and no other.
 *
 * @throws ProblemError where wires part or meet
 */
export function layerChain(config: Readonly<Record<string, unknown>>, file: string): readonly unknown[] {
  const entries = Array.isArray(config.layers) ? config.layers.filter(isRecord) : [];
  const [input, output] = [onlyEnd(config.input_layers), onlyEnd(config.output_layers)];
  if (input === null || output === null) {
    const why = 'has several inputs or outputs';
    throw new ProblemError(problem('IMPORT_BRANCHES', { layer: 'the model', why }));
  }
  /** The layer behind each. */
  const next = new Map<string, Readonly<Record<string, unknown>>>();
  const byName = new Map(entries.map((entry) => [nameOf(entry), entry]));
  for (const entry of entries) {
    const name = nameOf(entry);
    const sources = sourcesOf(entry);
    if (sources.length > 1) {
      throw new ProblemError(
        problem('IMPORT_BRANCHES', {
          layer: `“${name}” (${String(entry.class_name)})`,
          why: 'takes several',
        }),
      );
    }
    const [source] = sources;
    if (source === undefined) continue;
    if (next.has(source)) {
      throw new ProblemError(
        problem('IMPORT_BRANCHES', { layer: `“${source}”`, why: 'feeds several layers' }),
      );
    }
    next.set(source, entry);
  }
  const first = byName.get(input ?? '') ?? entries.find((entry) => sourcesOf(entry).length === 0);
  const chain: Readonly<Record<string, unknown>>[] = [];
  for (let entry = first; entry; entry = next.get(nameOf(entry))) {
    if (chain.includes(entry)) throw damaged(file, 'its layers feed each other in a circle');
    chain.push(entry);
    if (nameOf(entry) === output) break;
  }
  if (output !== undefined && chain.length > 0 && nameOf(chain.at(-1) ?? {}) !== output) {
    throw damaged(file, 'its layers do not lead from its input to its output');
  }
  return chain;
}

function nameOf(entry: Readonly<Record<string, unknown>>): string {
  const config = isRecord(entry.config) ? entry.config : {};
  return String(entry.name ?? config.name ?? '');
}

/** `["x", 0, 0]` or `[["x", 0, 0]]`: the layer's name; undefined where nothing is said, null for several. */
function onlyEnd(ends: unknown): string | undefined | null {
  if (!Array.isArray(ends) || ends.length === 0) return undefined;
  if (typeof ends[0] === 'string') return ends[0];
  if (ends.length > 1) return null;
  const [end]: unknown[] = ends;
  return Array.isArray(end) && typeof end[0] === 'string' ? end[0] : undefined;
}

/** The layers that feed this one, wherever it is called; in the form of Keras 3 or of earlier versions. */
function sourcesOf({ inbound_nodes: nodes }: Readonly<Record<string, unknown>>): string[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: unknown) => {
    if (isRecord(node)) return tensorsIn(node.args, 0);
    if (!Array.isArray(node)) return [];
    const ends: unknown[] = typeof node[0] === 'string' ? [node] : node;
    return ends.flatMap((end) => (Array.isArray(end) && typeof end[0] === 'string' ? [end[0]] : []));
  });
}

function tensorsIn(value: unknown, depth: number): string[] {
  if (depth > 4) return [];
  if (Array.isArray(value)) return value.flatMap((entry: unknown) => tensorsIn(entry, depth + 1));
  if (!isRecord(value) || !isRecord(value.config)) return [];
  const history = value.config.keras_history;
  return Array.isArray(history) && typeof history[0] === 'string' ? [history[0]] : [];
}
