import type { Problem, ProblemPlace } from './problem';

interface Sentence {
  readonly message: string;
  readonly hint: string;
  readonly severity?: 'warning';
}

/**
 * Every sentence a Problem can carry, in one list. A key is a stable code; its function takes the values the
 * sentence names and returns what was expected, what came, and what to do. Sorted by room, then by name.
 */
const sentences = {
  // Blocks and plans
  KERNEL_TOO_LARGE: (v: { kernel: number; height: number; width: number }): Sentence => ({
    message: `A ${v.kernel}×${v.kernel} kernel does not fit a ${v.height}×${v.width} picture.`,
    hint: 'Choose a smaller kernel, or set padding to “same”.',
  }),
  NEEDS_PICTURE: (v: { block: string; shape: string }): Sentence => ({
    message: `${v.block} needs a picture (height × width × channels), but ${v.shape} comes in.`,
    hint: 'Place it before the first dense block, or choose picture data.',
  }),
} satisfies Record<string, (values: never) => Sentence>;

type Sentences = typeof sentences;
export type ProblemCode = keyof Sentences;

/**
 * Makes the Problem with this code.
 *
 * @example problem('KERNEL_TOO_LARGE', { kernel: 9, height: 7, width: 7 }, { nodeId: 'conv-2', param: 'kernel' })
 */
export function problem<C extends ProblemCode>(
  code: C,
  values: Parameters<Sentences[C]>[0],
  where?: ProblemPlace,
): Problem {
  const write = sentences[code] as (v: typeof values) => Sentence;
  const { message, hint, severity } = write(values);
  return { code, severity: severity ?? 'error', message, hint, ...(where ? { where } : {}) };
}
