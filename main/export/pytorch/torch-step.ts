import type { Shape } from '../../../shared/tensors/shape';
import type { Operation, Step } from '../network/network';

/** A tensor of the module's state. */
export interface TorchTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What one step becomes in a module of PyTorch, channels first. */
export interface TorchStep {
  /** Lines of the constructor: layers, parameters, buffers. */
  readonly made: readonly string[];
  /** What `forward` computes. */
  readonly expression: string;
  /** What they hold, by the names of the state: `conv_1.weight`. */
  readonly state: Readonly<Record<string, TorchTensor>>;
  /** The functions of the file that it uses. */
  readonly uses?: readonly ('average_pool' | 'lab')[];
  readonly remark?: string;
}

export type OfKind<K extends Operation['kind']> = Step<Extract<Operation, { readonly kind: K }>>;

/** What a step is written with. */
export interface TorchContext {
  /** Its name. */
  readonly name: string;
  /** What it reads, as they are called in `forward`. */
  readonly read: readonly string[];
  /** The numbers of a weight. */
  numbers(use: { readonly name: string }): Float32Array;
  /** The name of the layer that holds a weight, where it is in the same module and not this one. */
  holder(weight: string): string | null;
}

/** The shape in which PyTorch has a sample: channels first. */
export function channelsFirst(shape: Shape): Shape {
  return shape.length < 2 ? shape : [shape.at(-1) ?? 1, ...shape.slice(0, -1)];
}

/** `a, b=c`, without what is not set. */
export function args(
  positional: readonly (string | number)[],
  named: Readonly<Record<string, string | number | boolean | null | undefined>> = {},
): string {
  const told = Object.entries(named).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    const written = typeof value === 'boolean' ? (value ? 'True' : 'False') : value;
    return [`${name}=${written}`];
  });
  return [...positional, ...told].join(', ');
}

/** One number where both axes have the same, else a pair. */
export function along(axes: 1 | 2, height: number, width: number): string {
  return axes === 1 || height === width ? `${width}` : `(${height}, ${width})`;
}
