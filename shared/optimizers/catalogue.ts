import { type Chosen, withDefaults } from '../blocks/chosen';
import { adagrad } from './adagrad';
import { adam } from './adam';
import { adamax } from './adamax';
import { adamw } from './adamw';
import { nadam } from './nadam';
import type { OptimizerDefinition } from './optimizer';
import { rmsprop } from './rmsprop';
import { sgd } from './sgd';

/** Every optimizer there is, in the order they are offered. */
export const optimizers: readonly OptimizerDefinition[] = [adam, adamw, adamax, nadam, adagrad, sgd, rmsprop];

/** An optimizer as a document holds it: its type and its parameters, side by side. */
export type Optimizer = Chosen;

const byType = new Map(optimizers.map((optimizer) => [optimizer.type, optimizer]));

export function optimizerOf(type: string): OptimizerDefinition {
  const optimizer = byType.get(type);
  if (!optimizer) throw new Error(`There is no optimizer “${type}”.`);
  return optimizer;
}

/** An optimizer with the parameters it is chosen with. */
export function newOptimizer(type: string): Optimizer {
  const optimizer = optimizerOf(type);
  return { ...withDefaults(optimizer), ...optimizer.chosen };
}
