import { z } from 'zod';
import { ACTIVATIONS, type Activation, LEAKY_SLOPES } from '../../../shared/blocks/layer-ops';
import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import type { ForeignBase } from '../foreign-layer';
import { refused } from '../refusal';
import { isRecord } from '../untrusted-config';

type Of = Pick<ForeignBase, 'name' | 'type'>;

/** By the names of Keras; what is not here has no counterpart. */
const NAMED: Readonly<Record<string, Activation>> = {
  linear: 'linear',
  relu: 'relu',
  relu6: 'relu6',
  leaky_relu: 'leakyRelu',
  elu: 'elu',
  selu: 'selu',
  gelu: 'gelu',
  silu: 'swish',
  swish: 'swish',
  softplus: 'softplus',
  tanh: 'tanh',
  sigmoid: 'sigmoid',
};

/**
 * The activation a config names: a name, or a function or layer as Keras writes objects.
 *
 * @throws ProblemError where it is code, or a function that blocks don't have
 */
export function activationOf(of: Of, value: unknown): Activation {
  if (value === undefined || value === null) return 'linear';
  if (typeof value === 'string') return named(of, value);
  if (!isRecord(value)) throw refused(of, 'its activation can’t be read');
  const { class_name: className, config, registered_name: registered, module } = value;
  const isOwn = typeof module !== 'string' || /^(?:tf_)?keras(?:\.|$)|^builtins$/.test(module);
  if (className === '__lambda__' || !isOwn || (typeof registered === 'string' && registered.includes('>'))) {
    const type = `activation ${String(registered ?? className)}`;
    throw new ProblemError(problem('IMPORT_CODE', { layer: of.name, type }));
  }
  if (className === 'function' && typeof config === 'string') return named(of, config);
  const layer = isRecord(config) ? activationLayer(of, String(className), config) : null;
  if (layer) return layer;
  throw refused(of, `no block has the activation ${String(className)}`);
}

function named(of: Of, name: string): Activation {
  const found = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  if (found) return found;
  throw refused(of, `no block has the activation ${name}`);
}

const reluSchema = z.object({
  max_value: z.number().nullish(),
  negative_slope: z.number().nullish(),
  threshold: z.number().nullish(),
});
const leakySchema = z.object({ negative_slope: z.number().nullish(), alpha: z.number().nullish() });
const eluSchema = z.object({ alpha: z.number().nullish() });

/** The layers that are nothing but an activation; null for others. @throws ProblemError for constants that blocks don't have */
export function activationLayer(
  of: Of,
  className: string,
  config: Readonly<Record<string, unknown>>,
): Activation | null {
  switch (className) {
    case 'Activation':
      return activationOf(of, config.activation);
    case 'ReLU': {
      const { max_value: max, negative_slope: slope, threshold } = reluSchema.parse(config);
      if (threshold) throw refused(of, `it begins at ${threshold}, and ours at 0`);
      if (typeof max === 'number') {
        if (max !== 6 || slope) throw refused(of, `it ends at ${max}, and ours at 6 or nowhere`);
        return 'relu6';
      }
      return slope ? leaky(of, slope) : 'relu';
    }
    case 'LeakyReLU': {
      const { negative_slope: slope, alpha } = leakySchema.parse(config);
      return leaky(of, slope ?? alpha ?? 0.3);
    }
    case 'ELU': {
      const { alpha } = eluSchema.parse(config);
      if ((alpha ?? 1) !== 1) throw refused(of, `its α is ${alpha}, and ours 1`);
      return 'elu';
    }
    default:
      return null;
  }
}

/** Leaky ReLU of a slope below 0. @throws ProblemError for another slope than ours */
export function leaky(of: Of, slope: number): Activation {
  if (slope === 0) return 'relu';
  const found = ACTIVATIONS.find((activation) => Math.abs((LEAKY_SLOPES[activation] ?? 0) - slope) < 1e-6);
  if (found) return found;
  const ours = Object.values(LEAKY_SLOPES).join(', ');
  throw refused(of, `its slope below 0 is ${Number(slope.toPrecision(4))}, and ours are ${ours}`);
}
