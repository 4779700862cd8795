import { seenShape, targetShape } from '../tasks/catalogue';
import { joinedShape } from '../tensors/join';
import { sameShape, valueCount } from '../tensors/shape';
import type { Plan } from './plan';

/**
 * Checks what later stages rely on: every layer after what it reads, none that nothing reads but the last, shapes
 * that meet, whole lengths of at least 1, unique weight names, shared weights that are there, the output of exactly the input's shape.
 * Throws an Error (a bug of the planner, never the user's) naming the layer.
 */
export function assertPlan(plan: Plan): void {
  const shapes = new Map<string, readonly number[]>();
  const read = new Set(plan.layers.flatMap(({ inputs }) => inputs));
  const check = (holds: boolean, layer: string, what: string) => {
    if (!holds) throw new Error(`plan: layer ${layer}: ${what}`);
  };
  let weightCount = 0;
  plan.layers.forEach((layer, index) => {
    check(!shapes.has(layer.id), layer.id, 'its id is taken');
    for (const length of [...layer.inputShape, ...layer.outputShape]) {
      check(Number.isSafeInteger(length) && length >= 1, layer.id, `a length of ${length}`);
    }
    check((layer.inputs.length === 0) === (index === 0), layer.id, `reads ${layer.inputs.length} layers`);
    check(layer.inputs.length > 1 === (layer.join !== null), layer.id, `joins by ${layer.join}`);
    const given = layer.inputs.map((id) => {
      const shape = shapes.get(id);
      if (!shape) throw new Error(`plan: layer ${layer.id}: reads ${id}, which is not before it`);
      return shape;
    });
    const joined = joinedShape(given, layer.join ?? 'concat');
    const fits = index === 0 || (joined !== null && sameShape(joined, layer.inputShape));
    check(fits, layer.id, `does not take what ${layer.inputs.join(', ')} give`);
    check(read.has(layer.id) || index === plan.layers.length - 1, layer.id, 'is read by nothing');
    for (const { name, shape } of layer.shared?.weights ?? []) {
      const owner = plan.layers.slice(0, index).find(({ id }) => id === layer.shared?.layerId);
      const own = owner?.weights.find((weight) => weight.name === name);
      check(own !== undefined && sameShape(own.shape, shape), layer.id, `shares a ${name} that is not there`);
    }
    const names = new Set(layer.weights.map(({ name }) => name));
    check(names.size === layer.weights.length, layer.id, 'two weights have one name');
    const count = layer.weights
      .filter(({ trainable = true }) => trainable)
      .reduce((sum, { shape }) => sum + valueCount(shape), 0);
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
    last?.type === 'output' && sameShape(last.outputShape, plan.targetShape),
    last?.id ?? '',
    'is no output',
  );
  check(
    sameShape(plan.inputShape, seenShape(plan.task.kind, plan.outputShape)) &&
      sameShape(plan.targetShape, targetShape(plan.task, plan.outputShape)),
    last?.id ?? '',
    'the output is not shaped as the input wants it',
  );
  check(
    weightCount === plan.parameterCount,
    'output',
    `the plan counts ${plan.parameterCount}, has ${weightCount}`,
  );
}
