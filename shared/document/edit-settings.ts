import { z } from 'zod';
import type { Preset } from '../blocks/block';
import { blockOf } from '../blocks/catalogue';
import type { ParameterValue } from '../blocks/parameter';
import { type Problem, ProblemError } from '../errors/problem';
import { withoutBypassed } from '../plan/bypass';
import { hasTwin, mirrorActivations, nodeOwner, OUTPUT, twinId } from '../plan/mirror';
import { parameterProblem } from '../plan/parameter-problem';
import { planDocument } from '../plan/plan-document';
import { wiringOf } from '../plan/wiring';
import { dataSchema } from './data-reference';
import { outputSchema, taskSchema, trainingSchema } from './document-schema';
import type { DataReference, GraphDocument, TrainingSettings } from './graph-document';
import { schemaProblems } from './schema-problems';
import { tidy } from './tidy';

/**
 * Sets a parameter of any node of the canvas. On a twin, what shapes the pair is set on its encoder block, the
 * activation of the twin that makes the output is set on the output, and what the mirror leaves free becomes a
 * deliberate difference (none where it is what the mirror gives anyway). Throws ProblemError for a value out of
 * range.
 */
export function setParameter(
  doc: GraphDocument,
  nodeId: string,
  name: string,
  value: ParameterValue,
): GraphDocument {
  if (nodeId === OUTPUT) return withOutput(doc, { ...doc.output, [name]: value });
  const owner = nodeOwner(nodeId);
  const block = doc.blocks.find(({ id }) => id === owner.blockId);
  const there = block && !owner.placed && (!owner.twin || hasTwin(block.type));
  const entry = there ? blockOf(block.type)?.params[name] : undefined;
  if (!block || !entry) throw new Error(`${nodeId} has no parameter ${name}`);
  const wrong = parameterProblem(nodeId, entry, value, { nodeId, param: name });
  if (wrong) throw new ProblemError(wrong);
  if (owner.twin && !entry.structural) return setDifference(doc, block.id, name, value);
  const blocks = doc.blocks.map((other) =>
    other.id === block.id ? { ...other, params: { ...other.params, [name]: value } } : other,
  );
  return tidy({ ...doc, blocks });
}

function setDifference(
  doc: GraphDocument,
  blockId: string,
  name: string,
  value: ParameterValue,
): GraphDocument {
  const network = withoutBypassed(doc);
  const { outputMaker } = mirrorActivations(network, wiringOf(network));
  if (name === 'activation' && outputMaker === blockId) {
    return withOutput(doc, { ...doc.output, activation: value });
  }
  const twin = twinId(blockId);
  return tidy({ ...doc, decoder: { ...doc.decoder, [twin]: { ...doc.decoder[twin], [name]: value } } });
}

/** What a preset would set on a block, for what comes into it; null where it is so already, or where that is not known. */
export function presetValues(
  doc: GraphDocument,
  blockId: string,
  preset: Preset,
): Readonly<Record<string, ParameterValue>> | null {
  const params = doc.blocks.find(({ id }) => id === blockId)?.params;
  const inputShape = planDocument(doc).shapes.get(blockId)?.inputShape;
  if (!params || !inputShape) return null;
  const values = preset.values(params, inputShape);
  return Object.entries(values).every(([name, value]) => params[name] === value) ? null : values;
}

/** Sets all that a preset gives. */
export function applyPreset(doc: GraphDocument, blockId: string, preset: Preset): GraphDocument {
  const values = Object.entries(presetValues(doc, blockId, preset) ?? {});
  return values.reduce((next, [name, value]) => setParameter(next, blockId, name, value), doc);
}

/** Lets a twin follow the mirror again, in one parameter or in all. */
export function resetDifference(doc: GraphDocument, nodeId: string, name?: string): GraphDocument {
  const { [nodeId]: differences = {}, ...others } = doc.decoder;
  const kept = Object.fromEntries(
    Object.entries(differences).filter(([param]) => name !== undefined && param !== name),
  );
  return tidy({ ...doc, decoder: { ...others, [nodeId]: kept } });
}

/** Throws ProblemError for an unknown task. */
export function setTask(doc: GraphDocument, task: GraphDocument['task']): GraphDocument {
  return tidy({ ...doc, task: checked(taskSchema, 'task', task) });
}

/** Throws ProblemError for an unknown activation or loss. */
export function setOutput(doc: GraphDocument, output: Partial<GraphDocument['output']>): GraphDocument {
  return withOutput(doc, { ...doc.output, ...output });
}

function withOutput(doc: GraphDocument, output: unknown): GraphDocument {
  return tidy({ ...doc, output: checked(outputSchema, 'output', output) });
}

/** Throws ProblemError for a setting out of range. */
export function setTraining(doc: GraphDocument, training: Partial<TrainingSettings>): GraphDocument {
  return tidy({ ...doc, training: checked(trainingSchema, 'training', { ...doc.training, ...training }) });
}

/** Chooses other data; the blocks stay, and what does not fit the new shape is a Problem on its block. */
export function setData(doc: GraphDocument, data: DataReference): GraphDocument {
  return tidy({ ...doc, data: checked(dataSchema, 'data', data) });
}

export function renameDocument(doc: GraphDocument, name: string): GraphDocument {
  return { ...doc, name: name.slice(0, 200) };
}

function checked<T>(schema: z.ZodType<T>, section: string, value: unknown): T {
  const parsed = z.object({ [section]: schema }).safeParse({ [section]: value });
  const result = parsed.success ? parsed.data[section] : undefined;
  if (parsed.success && result !== undefined) return result;
  const [first, ...others]: readonly Problem[] = parsed.success
    ? []
    : schemaProblems(parsed.error.issues, { [section]: value });
  if (!first) throw new Error(`${section} is missing`);
  throw new ProblemError(first, ...others);
}
