/** How many of a run's first epochs a stage of pre-training takes. */
export interface StageEpochs {
  readonly block: string;
  readonly epochs: number;
}

/** The block whose stage an epoch, counted from 1, belongs to; null where the whole is trained. */
export function stageAt(stages: readonly StageEpochs[], epoch: number): string | null {
  let end = 0;
  for (const { block, epochs } of stages) {
    end += epochs;
    if (epoch <= end) return block;
  }
  return null;
}

/** Where each part of a run begins, in steps done: every stage, then the whole; empty where there are no stages. */
export function stageStarts(
  stages: readonly StageEpochs[],
  stepsPerEpoch: number,
): { readonly step: number; readonly label: string }[] {
  if (stages.length === 0) return [];
  let step = 0;
  const starts = stages.map(({ block, epochs }) => {
    const start = { step, label: block };
    step += epochs * stepsPerEpoch;
    return start;
  });
  return [...starts, { step, label: 'whole' }];
}
