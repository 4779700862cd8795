import { blockOf } from '../blocks/catalogue';
import { problem } from '../errors/catalogue';
import { ProblemError } from '../errors/problem';
import { type Loss, lossOf } from '../losses/catalogue';
import { isBypassed } from '../plan/bypass';
import { planDocument } from '../plan/plan-document';
import { wiringOf } from '../plan/wiring';
import { valueCount } from '../tensors/shape';
import { closedOver, nextBlockId } from './edit-blocks';
import { setOutput, setParameter } from './edit-settings';
import type { DocumentBlock, GraphDocument } from './graph-document';
import { newBlock } from './new-document';
import { tidy } from './tidy';

/** The four hyperparameters of an autoencoder. */
export interface Hyperparameters {
  readonly codeSize: number;
  /** Layers with weights between the input and the code. */
  readonly layerCount: number;
  /** Nodes a layer: units of a dense layer, filters of a convolution. */
  readonly widths: readonly number[];
  readonly loss: Loss;
}

/** Filters stop doubling here. */
const MOST_FILTERS = 512;
/** The most layers the panel stacks; drawn by hand there may be more. */
const MOST_LAYERS = 64;

/** The hyperparameters as the drawing has them; `codeSize` is null while there is no code. */
export function hyperparametersOf(
  doc: GraphDocument,
): Omit<Hyperparameters, 'codeSize'> & { codeSize: number | null } {
  const code = doc.blocks.find(({ type }) => type === 'code');
  const widths = weighted(doc).map((block) => Number(block.params[widthName(block)]));
  return {
    codeSize: code ? Number(code.params.size) : null,
    layerCount: widths.length,
    widths,
    loss: doc.output.loss,
  };
}

/**
 * Rewrites the stack in one step. The way from the input to the code is closed where it was not. A changed layer
 * count adds or removes layers before the code, of the kind that stands there; then, or when the code size
 * changes, dense widths fall geometrically from what enters the first of them to the code, and added convolutions
 * double the filters before them. `widths` sets every width instead. Cross-entropy brings the sigmoid it needs.
 * Throws ProblemError for a width or code size out of range.
 */
export function setHyperparameters(doc: GraphDocument, change: Partial<Hyperparameters>): GraphDocument {
  let edited = withClosedChain(doc);
  if (change.codeSize !== undefined) {
    const code = edited.blocks.find(({ type }) => type === 'code');
    if (code) edited = setParameter(edited, code.id, 'size', change.codeSize);
  }
  const count = change.widths?.length ?? change.layerCount;
  if (count !== undefined) {
    if (!Number.isInteger(count) || count < 0 || count > MOST_LAYERS) {
      const expected = `a whole number from 0 to ${MOST_LAYERS}`;
      const values = { block: 'the stack', label: 'Layers', expected, got: `${count}` };
      throw new ProblemError(problem('PARAMETER_RANGE', values, { param: 'layerCount' }));
    }
    edited = withLayerCount(edited, count);
  }
  if (change.widths) {
    const layers = weighted(edited);
    change.widths.forEach((width, index) => {
      const layer = layers[index];
      if (layer) edited = setParameter(edited, layer.id, widthName(layer), width);
    });
  } else if (count !== undefined || change.codeSize !== undefined) {
    edited = withShrinkingWidths(edited);
  }
  if (change.loss !== undefined) {
    const { activation } = lossOf(change.loss);
    edited = setOutput(edited, { loss: change.loss, ...(activation && { activation }) });
  }
  return edited;
}

/** The blocks between the input and the code that have weights and are not bypassed, in order. */
function weighted(doc: GraphDocument): DocumentBlock[] {
  return wiringOf(doc).encoder.filter((block) => {
    const definition = blockOf(block.type);
    return definition?.role === 'layer' && definition.width !== undefined && !isBypassed(doc, block);
  });
}

/** The parameter that sets a block's width. */
function widthName(block: DocumentBlock): string {
  const name = blockOf(block.type)?.width;
  if (name === undefined) throw new Error(`${block.type} has no width`);
  return name;
}

/** The drawing with its code, and the chain from the input leading to it. */
function withClosedChain(doc: GraphDocument): GraphDocument {
  const { encoder, complete } = wiringOf(doc);
  if (complete) return doc;
  const present = doc.blocks.find(({ type }) => type === 'code');
  const code = present ?? newBlock('code', nextBlockId(doc, 'code'));
  const tail = encoder.at(-1);
  return tidy({
    ...doc,
    blocks: present ? doc.blocks : [...doc.blocks, code],
    wires: [
      ...doc.wires.filter(({ to }) => to !== code.id),
      ...(tail ? [{ from: tail.id, to: code.id }] : []),
    ],
  });
}

function withLayerCount(doc: GraphDocument, count: number): GraphDocument {
  let edited = doc;
  for (let layers = weighted(edited); layers.length > count; layers = weighted(edited)) {
    const last = layers.at(-1);
    if (!last) break;
    edited = withoutBlock(edited, last.id);
  }
  for (let layers = weighted(edited); layers.length < count; layers = weighted(edited)) {
    const longer = withLayerAfter(edited, layers.at(-1));
    if (longer === edited) break;
    edited = longer;
  }
  return edited;
}

function withoutBlock(doc: GraphDocument, id: string): GraphDocument {
  const wires = closedOver(doc.blocks, doc.wires, id);
  return tidy({ ...doc, blocks: doc.blocks.filter((block) => block.id !== id), wires });
}

/** Adds a layer like the last one right before the code; a first one is dense. */
function withLayerAfter(doc: GraphDocument, last: DocumentBlock | undefined): GraphDocument {
  const type = last?.type ?? 'dense';
  const block = newBlock(type, nextBlockId(doc, type), last ? likeLast(doc, last) : {});
  const { encoder, sources, complete } = wiringOf(doc);
  const code = complete ? encoder.at(-1) : undefined;
  const [before] = sources.get(code?.id ?? '') ?? [];
  if (!code || before === undefined) return doc;
  return tidy({
    ...doc,
    blocks: [...doc.blocks, block],
    wires: [
      ...doc.wires.filter((wire) => wire.to !== code.id),
      { from: before, to: block.id },
      { from: block.id, to: code.id },
    ],
  });
}

/** The parameters of another layer like this one. A convolution doubles the filters and spares small pictures. */
function likeLast(doc: GraphDocument, last: DocumentBlock): DocumentBlock['params'] {
  if (last.type !== 'conv') return last.params;
  const [height = 1, width = 1] = planDocument(doc).layers.get(last.id)?.outputShape ?? [];
  const small = Math.min(height, width) <= 4;
  return {
    ...last.params,
    filters: Math.max(Number(last.params.filters), Math.min(2 * Number(last.params.filters), MOST_FILTERS)),
    ...(small ? { stride: 1, padding: 'same' } : {}),
  };
}

/** Dense widths in geometric steps from what enters the first dense layer to the code's size. */
function withShrinkingWidths(doc: GraphDocument): GraphDocument {
  const dense = weighted(doc).filter(({ type }) => type === 'dense');
  const first = dense[0];
  const code = doc.blocks.find(({ type }) => type === 'code');
  const entering = first && planDocument(doc).layers.get(first.id)?.inputShape;
  if (!first || !code || !entering) return doc;
  const wide = valueCount(entering);
  const narrow = Number(code.params.size);
  const widths = new Map(
    dense.map(({ id }, index) => [
      id,
      Math.max(1, Math.round(wide * (narrow / wide) ** ((index + 1) / (dense.length + 1)))),
    ]),
  );
  const blocks = doc.blocks.map((block) => {
    const units = widths.get(block.id);
    return units === undefined ? block : { ...block, params: { ...block.params, units } };
  });
  return tidy({ ...doc, blocks });
}
