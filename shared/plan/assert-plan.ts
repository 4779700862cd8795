import { seenShape } from '../tasks/catalogue';
import { sameShape, valueCount } from '../tensors/shape';
import type { Plan } from './plan';

/**
 * Checks what later stages rely on: a chain from the input to the output end, every layer after what it reads,
 * shapes that meet, whole lengths of at least 1, unique weight names, the output of exactly the input's shape.
 * Throws an Error (a bug of the planner, never the user's) naming the layer.
 */
export function assertPlan(plan: Plan): void {
  const shapes = new Map<string, readonly number[]>();
  const check = (holds: boolean, layer: string, what: string) => {
    if (!holds) throw new Error(`plan: layer ${layer}: ${what}`);
  };
  let weightCount = 0;
  plan.layers.forEach((layer, index) => {
    check(!shapes.has(layer.id), layer.id, 'its id is taken');
    for (const length of [...layer.inputShape, ...layer.outputShape]) {
      check(Number.isSafeInteger(length) && length >= 1, layer.id, `a length of ${length}`);
    }
    check(layer.inputs.length === (index === 0 ? 0 : 1), layer.id, `reads ${layer.inputs.length} layers`);
    for (const id of layer.inputs) {
      const shape = shapes.get(id);
      check(id === plan.layers[index - 1]?.id, layer.id, `reads ${id}, which is not the layer before it`);
      check(
        shape !== undefined && sameShape(shape, layer.inputShape),
        layer.id,
        `does not take what ${id} gives`,
      );
    }
    const names = new Set(layer.weights.map(({ name }) => name));
    check(names.size === layer.weights.length, layer.id, 'two weights have one name');
    const count = layer.weights.reduce((sum, { shape }) => sum + valueCount(shape), 0);
    check(count === layer.parameterCount, layer.id, `counts ${layer.parameterCount} weights, has ${count}`);
    weightCount += count;
    shapes.set(layer.id, layer.outputShape);
  });
  const first = plan.layers[0];
  const code = plan.layers[plan.codeIndex];
  const last = plan.layers.at(-1);
  check(
    first?.type === 'input' && sameShape(first.outputShape, plan.inputShape),
    first?.id ?? '',
    'is no input',
  );
  check(code?.half === 'code' && sameShape(code.outputShape, plan.codeShape), code?.id ?? '', 'is no code');
  check(
    last?.type === 'output' && sameShape(last.outputShape, plan.outputShape),
    last?.id ?? '',
    'is no output',
  );
  check(
    sameShape(plan.inputShape, seenShape(plan.task, plan.outputShape)),
    last?.id ?? '',
    'the output is not shaped as the input wants it',
  );
  check(
    weightCount === plan.parameterCount,
    'output',
    `the plan counts ${plan.parameterCount}, has ${weightCount}`,
  );
}
