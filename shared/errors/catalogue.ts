import { augmentationSentences } from './augmentation-sentences';
import { dataSentences } from './data-sentences';
import { drawingSentences } from './drawing-sentences';
import { exportSentences } from './export-sentences';
import { hostSentences } from './host-sentences';
import { importSentences } from './import-sentences';
import { modelFileSentences } from './model-file-sentences';
import { modelSentences } from './model-sentences';
import type { Problem, ProblemPlace } from './problem';
import { runSentences } from './run-sentences';
import type { Sentence } from './sentence';
import { sharingSentences } from './sharing-sentences';
import { tableSentences } from './table-sentences';

/**
 * Every sentence a Problem can carry. A key is a stable code; its function takes the values the sentence names and
 * returns what was expected, what came, and what to do. In each file sorted by room, then by name.
 */
const sentences = {
  ...drawingSentences,
  ...augmentationSentences,
  ...dataSentences,
  ...tableSentences,
  ...runSentences,
  ...importSentences,
  ...modelFileSentences,
  ...modelSentences,
  ...hostSentences,
  ...exportSentences,
  ...sharingSentences,
};

export type ProblemCode = keyof typeof sentences;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(sentences, code);
}

/**
 * Makes the Problem with this code.
 *
 * @example problem('KERNEL_TOO_LARGE', { kernel: 9, height: 7, width: 7 }, { nodeId: 'conv-2', param: 'kernel' })
 */
export function problem<C extends ProblemCode>(
  code: C,
  values: Parameters<(typeof sentences)[C]>[0],
  where?: ProblemPlace,
): Problem {
  const write = sentences[code] as (v: typeof values) => Sentence;
  const { message, hint, severity } = write(values);
  return { code, severity: severity ?? 'error', message, hint, ...(where ? { where } : {}) };
}
