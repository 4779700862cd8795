import { freezing } from '../blocks/freezing';
import { kernelInitializer } from '../blocks/layer-parameters';
import { activityPenalty, contraction, weightPenalties } from '../blocks/penalty-parameters';
import type { GraphDocument } from '../document/graph-document';
import { sameShape } from '../tensors/shape';
import type { Layer } from './plan';
import { planDocument } from './plan-document';

/** Parameters that say how a layer learns, and nothing of what it makes of a sample with the weights it has. */
const OF_LEARNING: ReadonlySet<string> = new Set(
  Object.keys({ ...freezing, kernelInitializer, ...activityPenalty, contraction, ...weightPenalties }),
);

/**
 * The ids of the layers that still do in one drawing what they did in another, as far as that can be told without their
 * weights: a layer is of the same type, parameters and shapes, and so is all that leads to it. What was seen of a trained
 * layer is true of these alone.
 */
export function unchangedLayers(before: GraphDocument, after: GraphDocument): ReadonlySet<string> {
  const [old, now] = [planDocument(before).layers, planDocument(after).layers];
  const answers = new Map<string, boolean>();
  const isUnchanged = (id: string): boolean => {
    const known = answers.get(id);
    if (known !== undefined) return known;
    const [a, b] = [old.get(id), now.get(id)];
    // Wires that lead in a circle have no layers; said beforehand, so that this ends in any case.
    answers.set(id, false);
    const same = a !== undefined && b !== undefined && doesTheSame(a, b) && b.inputs.every(isUnchanged);
    answers.set(id, same);
    return same;
  };
  return new Set([...now.keys()].filter(isUnchanged));
}

function doesTheSame(a: Layer, b: Layer): boolean {
  return (
    a.type === b.type &&
    a.mirrored === b.mirrored &&
    a.join === b.join &&
    a.activation === b.activation &&
    a.shared?.layerId === b.shared?.layerId &&
    a.inputs.length === b.inputs.length &&
    a.inputs.every((id, at) => id === b.inputs[at]) &&
    sameShape(a.inputShape, b.inputShape) &&
    sameShape(a.outputShape, b.outputShape) &&
    [...new Set([...Object.keys(a.params), ...Object.keys(b.params)])].every(
      (name) => OF_LEARNING.has(name) || a.params[name] === b.params[name],
    )
  );
}
