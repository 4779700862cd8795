import { describe, expect, it } from 'vitest';
import { fixesOf } from '../../shared/document/fixes';
import type { GraphDocument } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import type { Dataset } from '../data/dataset';
import { enginesHere } from '../execute/fixtures/engines-here';
import { uniforms } from '../random/philox';
import { memoryNeed, memoryProblem } from './memory-need';
import { prepareRun } from './run-preparation';

const COUNT = 256;
const WIDTH = 512;

const document: GraphDocument = {
  ...emptyDocument(),
  data: { kind: 'npy', path: 'samples.npy', shape: [WIDTH] },
  blocks: [
    newBlock('input', 'input'),
    newBlock('dense', 'dense-1', { units: WIDTH, activation: 'relu' }),
    newBlock('code', 'code', { size: 8, activation: 'linear' }),
  ],
  wires: [
    { from: 'input', to: 'dense-1' },
    { from: 'dense-1', to: 'code' },
  ],
  output: { activation: 'linear', loss: 'mse' },
  training: { ...emptyDocument().training, batchSize: 64, epochs: 2, validationShare: 0.25 },
};

const dataset: Dataset = {
  name: 'samples',
  train: {
    dtype: 'float32',
    count: COUNT,
    shape: [WIDTH],
    values: Float32Array.from(uniforms(1, 'samples', 0, COUNT * WIDTH)),
    labels: null,
  },
  test: null,
  labelNames: null,
  range: [0, 1],
  fingerprint: 'samples',
  notes: [],
};

describe.each(enginesHere('the memory of a run'))('the memory of a run, %s', (_, create) => {
  it('is refused where it surely does not fit, and questioned where it most likely does not', async () => {
    const executor = await create();
    const wide = { ...document, training: { ...document.training, batchSize: 192 } };
    const prepared = prepareRun(wide, dataset);
    const { loaded, least, likely } = memoryNeed(prepared, executor);
    const problemWith = (total: number, free: number, given = 0) =>
      memoryProblem(prepared, executor, { total, free }, given);
    expect(problemWith(1e12, likely + 1)).toBeNull();
    expect(problemWith(1e12, likely - 1)).toMatchObject({ code: 'MEMORY_SHORT', severity: 'error' });
    // What the last run gives back counts.
    expect(problemWith(1e12, likely - 1e6, 2e6)).toBeNull();
    const lacking = problemWith(loaded + least - 1, 1e12);
    expect(lacking).toMatchObject({ code: 'MEMORY_LACKING', severity: 'error' });
    expect(lacking?.message).toContain('this machine has');
    // A smaller batch that is told does fit.
    const machine = { total: 1e12, free: likely - 1 };
    const [fix] = fixesOf(memoryProblem(prepared, executor, machine) ?? { code: 'NAN_LOSS' });
    expect(fix?.label).toMatch(/^Use a batch of \d+$/);
    const smaller = fix ? prepareRun(fix.apply(wide), dataset) : prepared;
    expect(memoryProblem(smaller, executor, machine)).toBeNull();
  });
});
