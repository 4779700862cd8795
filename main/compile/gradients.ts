import { opOf } from '../ops/catalogue';
import type { Value } from '../ops/program';
import type { ProgramBuilder } from './program-builder';

/**
 * Reverse-mode differentiation: adds to the Program the gradients of a scalar with respect to these values, which
 * must all have a part in it. Where a value is read more than once, its gradients add up.
 */
export function gradientsOf(build: ProgramBuilder, scalar: Value, wanted: readonly Value[]): Value[] {
  const forward = [...build.nodes];
  // Only what depends on a wanted value can carry a gradient to it.
  const carriers = new Set(wanted.map(({ id }) => id));
  for (const node of forward) {
    if (node.inputs.some(({ id }) => carriers.has(id))) carriers.add(node.output.id);
  }
  const gradients = new Map<number, Value>([[scalar.id, build.constant(1)]]);
  for (const node of forward.reverse()) {
    const outputGradient = gradients.get(node.output.id);
    if (!outputGradient || !carriers.has(node.output.id)) continue;
    const { gradient } = opOf(node.op);
    if (!gradient) throw new Error(`The op ${node.op} (layer ${node.layer}) can't be differentiated.`);
    build.inLayer(node.layer, () => {
      const contributions = gradient(build, node, outputGradient);
      node.inputs.forEach((value, i) => {
        const contribution = contributions[i];
        if (!contribution || !carriers.has(value.id)) return;
        const sum = gradients.get(value.id);
        gradients.set(value.id, sum ? build.add('add', [sum, contribution]) : contribution);
      });
    });
  }
  return wanted.map((value) => {
    const gradient = gradients.get(value.id);
    if (!gradient) throw new Error(`No gradient reaches the value ${value.id} of shape [${value.shape}].`);
    return gradient;
  });
}
