import { type Augmentation, augments } from '../augmentation/augmentation';
import { blockOf } from '../blocks/catalogue';
import { inListedOrder } from '../blocks/chosen';
import type { ParameterValue } from '../blocks/parameter';
import { type Loss, losses } from '../losses/catalogue';
import { optimizerOf } from '../optimizers/catalogue';
import { scheduleOf } from '../schedules/catalogue';
import { spaceOf } from '../tasks/catalogue';
import { canonicalData } from './data-reference';
import type { DocumentBlock, GraphDocument, Wire } from './graph-document';
import { canonicalGroups } from './groups';
import { canonicalNotes } from './notes';

/**
 * The one order a document is kept in, so that equal drawings are equal texts and a change is a small diff:
 * blocks along the wires from the input, then the unconnected chains by id; wires as their blocks; parameters as
 * the block lists them; everything else as the schema lists it, tables by key.
 */
export function canonical(doc: GraphDocument): GraphDocument {
  const blocks = inWireOrder(doc);
  const rank = new Map(blocks.map(({ id }, index) => [id, index]));
  const order = (wire: Wire) => [rank.get(wire.from) ?? 0, rank.get(wire.to) ?? 0] as const;
  const wires = doc.wires
    .map(({ from, to }) => ({ from, to }))
    .sort((a, b) => {
      const [fromA, toA] = order(a);
      const [fromB, toB] = order(b);
      return fromA - fromB || toA - toB;
    });
  const { format, version, name, task, data, output, training } = doc;
  return {
    format,
    version,
    name,
    task: spaceOf(task) === 'rgb' ? { kind: task.kind } : { kind: task.kind, space: spaceOf(task) },
    data: canonicalData(data),
    blocks: blocks.map(canonicalBlock),
    wires,
    output: canonicalOutput(output),
    decoder: sorted(doc.decoder, sortedValues),
    skips: sorted(doc.skips, (join) => join),
    tied: [...new Set(doc.tied)].sort(compare),
    ...(doc.bypassed?.length ? { bypassed: [...new Set(doc.bypassed)].sort(compare) } : {}),
    training: {
      optimizer: inListedOrder(optimizerOf(training.optimizer.type), training.optimizer),
      learningRate: training.learningRate,
      schedule: inListedOrder(scheduleOf(training.schedule.type), training.schedule),
      batchSize: training.batchSize,
      epochs: training.epochs,
      patience: training.patience,
      ...(training.pretraining?.epochs ? { pretraining: { epochs: training.pretraining.epochs } } : {}),
      ...(training.clipNorm === undefined ? {} : { clipNorm: training.clipNorm }),
      ...(training.augmentation && augments(training.augmentation)
        ? { augmentation: canonicalAugmentation(training.augmentation) }
        : {}),
      validationShare: training.validationShare,
      seed: training.seed,
    },
    ...groupsOf(doc),
    ...(doc.notes?.length ? { notes: canonicalNotes(doc.notes) } : {}),
    layout: sorted(doc.layout, ({ x, y }) => ({ x, y })),
  };
}

function canonicalAugmentation({ shift, flip, rotate }: Augmentation) {
  return { shift, flip, rotate };
}

/** Groups of the blocks that are there; none is no entry. */
function groupsOf({ groups = [], blocks }: GraphDocument): Pick<GraphDocument, 'groups'> {
  const kept = canonicalGroups(groups, blocks);
  return kept.length > 0 ? { groups: kept } : {};
}

/** Added losses as the catalogue lists them; a weight of 1 and an empty list are left out. */
function canonicalOutput({ activation, loss, lossWeight = 1, addedLosses = [] }: GraphDocument['output']) {
  const rank = (type: Loss) => losses.findIndex((definition) => definition.type === type);
  const added = addedLosses
    .map(({ loss, weight }) => ({ loss, weight }))
    .sort((a, b) => rank(a.loss) - rank(b.loss));
  return {
    activation,
    loss,
    ...(lossWeight === 1 ? {} : { lossWeight }),
    ...(added.length === 0 ? {} : { addedLosses: added }),
  };
}

/** Depth first along the wires, from the input and then from every block nothing leads into, by id. */
function inWireOrder(doc: GraphDocument): DocumentBlock[] {
  const byId = new Map(doc.blocks.map((block) => [block.id, block]));
  const targets = new Map<string, string[]>();
  const entered = new Set<string>();
  for (const { from, to } of doc.wires) {
    const list = targets.get(from) ?? [];
    list.push(to);
    targets.set(from, list);
    entered.add(to);
  }
  const isInput = (block: DocumentBlock) => blockOf(block.type)?.role === 'input';
  const starts = [...doc.blocks].sort(
    (a, b) =>
      Number(isInput(b)) - Number(isInput(a)) ||
      Number(entered.has(a.id)) - Number(entered.has(b.id)) ||
      compare(a.id, b.id),
  );
  const ordered: DocumentBlock[] = [];
  const placed = new Set<string>();
  for (const start of starts) {
    const open = [start.id];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const block = byId.get(id);
      if (!block || placed.has(id)) continue;
      placed.add(id);
      ordered.push(block);
      open.push(...(targets.get(id) ?? []).sort(compare).reverse());
    }
  }
  return ordered;
}

function canonicalBlock({ id, type, name, params }: DocumentBlock): DocumentBlock {
  const names = Object.keys(blockOf(type)?.params ?? params);
  const named = name === undefined ? {} : { name };
  return { id, type, ...named, params: Object.fromEntries(names.flatMap((name) => entryOf(params, name))) };
}

function entryOf(params: DocumentBlock['params'], name: string): [string, ParameterValue][] {
  const value = params[name];
  return value === undefined ? [] : [[name, value]];
}

function sortedValues(values: Readonly<Record<string, ParameterValue>>) {
  return sorted(values, (value) => value);
}

function sorted<T, U>(table: Readonly<Record<string, T>>, each: (value: T) => U): Record<string, U> {
  return Object.fromEntries(
    Object.entries(table)
      .sort(([a], [b]) => compare(a, b))
      .map(([key, value]) => [key, each(value)]),
  );
}

/** By code units: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
