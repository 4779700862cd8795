import { blockOf } from '../blocks/catalogue';
import { canonical } from './canonical';
import type { GraphDocument } from './graph-document';

/** One setting of several drawings. */
export interface ComparedSetting {
  /** `Data`, `Training`, or the block it belongs to. */
  readonly group: string;
  readonly label: string;
  /** In the order of the drawings; null where one has no such setting. */
  readonly values: readonly (string | null)[];
  readonly differs: boolean;
}

/**
 * Every setting of some drawings side by side, whatever a document holds but its name and its positions: data, task,
 * training, output, blocks and wires. Blocks belong together by their ids; of one that not all have, a line says what it is.
 */
export function comparedSettings(drawings: readonly GraphDocument[]): ComparedSetting[] {
  const inAll = new Set(
    drawings[0]?.blocks
      .map(({ id }) => id)
      .filter((id) => drawings.every(({ blocks }) => blocks.some((block) => block.id === id))),
  );
  const tables = drawings.map((drawing) => settingsOf(drawing, inAll));
  const keys = new Map<string, Setting>();
  for (const table of tables) for (const [key, setting] of table) if (!keys.has(key)) keys.set(key, setting);
  return [...keys].map(([key, { group, label }]) => {
    const values = tables.map((table) => table.get(key)?.value ?? null);
    return { group, label, values, differs: new Set(values).size > 1 };
  });
}

interface Setting {
  readonly group: string;
  readonly label: string;
  readonly value: string;
}

/** @param inAll ids of blocks whose parameters are told one by one */
function settingsOf(drawing: GraphDocument, inAll: ReadonlySet<string>): Map<string, Setting> {
  const {
    format: _format,
    version: _version,
    name: _name,
    layout: _layout,
    blocks,
    wires,
    ...sections
  } = canonical(drawing);
  const settings = new Map<string, Setting>();
  for (const [section, content] of Object.entries(sections)) {
    for (const [path, value] of leaves(content, [])) {
      settings.set([section, ...path].join('.'), {
        group: sentence([section]),
        label: sentence(path.length > 0 ? path : [section]),
        value,
      });
    }
  }
  for (const { id, type, params } of blocks) {
    const definition = blockOf(type);
    const name = definition?.label ?? type;
    const glance = inAll.has(id) ? '' : (definition?.describe(params) ?? '');
    settings.set(`blocks.${id}`, { group: id, label: 'Block', value: `${name} ${glance}`.trim() });
    if (!inAll.has(id)) continue;
    for (const [param, value] of Object.entries(params)) {
      const label = definition?.params[param]?.label ?? sentence([param]);
      settings.set(`blocks.${id}.${param}`, { group: id, label, value: String(value) });
    }
  }
  for (const { from, to } of wires) {
    settings.set(`wires.${from}.${to}`, { group: 'Wires', label: `${from} → ${to}`, value: 'yes' });
  }
  return settings;
}

/** Every value at the end of a branch, with the way to it. */
function leaves(value: unknown, path: readonly string[]): [path: readonly string[], value: string][] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  if (Array.isArray(value)) {
    const isPlain = value.every((entry) => typeof entry !== 'object');
    if (isPlain) return value.length === 0 ? [] : [[path, value.join(' × ')]];
    return value.flatMap((entry, index) => leaves(entry, [...path, String(index + 1)]));
  }
  return Object.entries(value).flatMap(([name, entry]) => leaves(entry, [...path, name]));
}

/** `['optimizer', 'learningRate']` as `Optimizer learning rate`. */
function sentence(words: readonly string[]): string {
  const text = words
    .join(' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
