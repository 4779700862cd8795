import { z } from 'zod';
import type { Optimizer } from '../../shared/optimizers/catalogue';
import type { Plan } from '../../shared/plan/plan';
import { sameShape } from '../../shared/tensors/shape';
import { optimizerState } from '../compile/optimizer-updates';
import { trainableState, weightState } from '../compile/weight-state';
import type { Tensor } from '../execute/executor';
import type { StateSpec } from '../ops/program';
import { type Checkpoint, progressSchema } from '../train/checkpoint';
import type { SafetensorsContent } from '../train/read-safetensors';

/** Of the layout of what follows, in the metadata of the state's entry. */
const VERSION = '1';
/** Before the names of tensors of the epoch that early stopping would go back to. */
const BEST = '@best/';

/** Every state tensor of a drawing's training: its weights, then what the optimizer keeps. */
export function trainingState(plan: Plan, optimizer: Optimizer): StateSpec[] {
  const kept = optimizerState(optimizer, trainableState(plan)).map(({ name, shape }) => ({ name, shape }));
  return [...weightState(plan), ...kept];
}

/** Where a training stood: what a run needs to go on, the weights among it. */
export type ModelState = Omit<Checkpoint, 'losses'>;

/**
 * What goes into a model file beside its weights, so that training goes on: the state that is not the weights themselves (slots
 * and counters of the optimizer, and weights only where they differ from those of the file), likewise that of the best epoch.
 */
export function stateTensors(
  { progress, state, bestState }: ModelState,
  weights: ReadonlyMap<string, Tensor>,
): { readonly tensors: Map<string, Tensor>; readonly metadata: Record<string, string> } {
  const others = [...state].filter(([name, tensor]) => !isSame(tensor, weights.get(name)));
  const best = [...(bestState ?? [])].filter(([name, tensor]) => !isSame(tensor, state.get(name)));
  const tensors = new Map([...others, ...best.map(([name, tensor]) => [`${BEST}${name}`, tensor] as const)]);
  const metadata = { state: VERSION, progress: JSON.stringify(progress), best: String(bestState !== null) };
  return { tensors, metadata };
}

/** To the bit: a NaN is one of its own, and 0 is not −0. */
function isSame(a: Tensor, b: Tensor | undefined): boolean {
  if (!b || a.dtype !== b.dtype || !sameShape(a.shape, b.shape)) return false;
  if (a.data === b.data) return true;
  const bytes = ({ data }: Tensor) => Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return bytes(a).equals(bytes(b));
}

/**
 * The state of a model file, whole again.
 *
 * @param needed every state tensor that the drawing's training has
 * @throws Error that says what is wrong
 */
export function stateFrom(
  { tensors, metadata }: SafetensorsContent,
  weights: ReadonlyMap<string, Tensor>,
  needed: readonly StateSpec[],
): ModelState {
  if (metadata.state !== VERSION) throw new Error('its state is of another version');
  const progress = progressFrom(metadata.progress ?? '');
  const state = new Map<string, Tensor>();
  const best = new Map<string, Tensor>();
  for (const { name, shape } of needed) {
    state.set(name, fitting(name, shape, tensors.get(name) ?? weights.get(name)));
    best.set(name, fitting(name, shape, tensors.get(`${BEST}${name}`) ?? state.get(name)));
  }
  const known = new Set(needed.flatMap(({ name }) => [name, `${BEST}${name}`]));
  const surplus = [...tensors.keys()].find((name) => !known.has(name));
  if (surplus !== undefined)
    throw new Error(`its state has “${surplus}”, for which the drawing has no place`);
  return { progress, state, bestState: metadata.best === 'true' ? best : null };
}

function progressFrom(text: string): Checkpoint['progress'] {
  try {
    return progressSchema.parse(JSON.parse(text));
  } catch (error) {
    const isKnown = error instanceof z.ZodError || error instanceof SyntaxError;
    if (isKnown) throw new Error('its state says what no run does');
    throw error;
  }
}

function fitting(name: string, shape: readonly number[], tensor: Tensor | undefined): Tensor {
  if (!tensor) throw new Error(`its state lacks “${name}”`);
  if (tensor.dtype !== 'float32' || !sameShape(tensor.shape, shape)) {
    throw new Error(`its state has “${name}” as ${tensor.dtype} [${tensor.shape}] instead of [${shape}]`);
  }
  if (!allFinite(tensor.data)) throw new Error(`its state has values in “${name}” that are not finite`);
  return tensor;
}

/** Of a float32 tensor, read as bits: an exponent of ones is an infinity or no number. */
function allFinite(data: Tensor['data']): boolean {
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  for (let at = 0; at < bits.length; at++) if ((bits[at]! & 0x7f800000) === 0x7f800000) return false;
  return true;
}
