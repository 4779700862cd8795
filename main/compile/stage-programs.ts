/** What each stage of stacked pre-training has a Program of its own for; encoding and decoding are of the whole. */
export const PROGRAMS_OF_STAGE: ReadonlySet<string> = new Set([
  'step',
  'step-remainder',
  'evaluate',
  'reconstruct',
  'restore',
  'constrain',
]);

/** The name of such a Program: `stage-1/step`. Stages are counted from 1. */
export function stageProgram(stage: number, program: string): string {
  return `stage-${stage}/${program}`;
}
