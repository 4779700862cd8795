import { expect, it } from 'vitest';
import type { KeptRun } from '../../shared/ipc/contract';
import { inTree, parentOf } from './run-tree';

function run(id: string, parent?: string, known: Partial<KeptRun> = {}): KeptRun {
  return {
    ...{ id, identity: `${id}-itself`, ended: 0, ending: 'completed', name: '', starred: false },
    ...{ document: { name: id, hash: '' }, data: { name: '', fingerprint: '', trainCount: 1 } },
    ...{ scaling: 'none', codeSize: 1, parameterCount: 1, engine: { name: 'onnx', version: '' }, app: '' },
    ...{ seed: 1, epochs: [1, 1], steps: 1, stepsPerEpoch: 1, seconds: 1, lossName: 'mse' },
    ...{ loss: { training: null, validation: null }, checkpoint: null, checkpointBytes: 0 },
    mse: { validation: null, test: null, pcaValidation: null, pcaTest: null },
    ...(parent !== undefined && { parent: { identity: `${parent}-itself`, name: parent } }),
    ...known,
  } as KeptRun;
}

const told = (runs: readonly KeptRun[]) => inTree(runs).map(({ run: { id }, depth }) => `${id} ${depth}`);

it('puts runs below those they branched off from, families where their first one stood', () => {
  const runs = [
    run('newest', 'middle'),
    run('other'),
    run('middle', 'root'),
    run('late', 'root'),
    run('root'),
  ];
  expect(told(runs)).toEqual(['root 0', 'middle 1', 'newest 2', 'late 1', 'other 0']);
  expect(parentOf(runs[0]!, runs)?.id).toBe('middle');
});

it('knows a parent by its folder where it is of an older version, and by itself where it was gone on with', () => {
  const old = run('old', undefined, { identity: undefined });
  const child = run('child', undefined, { parent: { id: 'old', name: 'Old' } });
  expect(told([child, old])).toEqual(['old 0', 'child 1']);
  const moved = run('moved', undefined, { identity: 'old-itself' });
  expect(told([run('child', 'old'), moved])).toEqual(['moved 0', 'child 1']);
});

it('lets runs begin a family whose parent was deleted, and does not go round in circles', () => {
  expect(told([run('child', 'gone'), run('other')])).toEqual(['child 0', 'other 0']);
  expect(parentOf(run('child', 'gone'), [])).toBeUndefined();
  expect(told([run('a', 'b'), run('b', 'a')]).sort()).toHaveLength(2);
  expect(told([run('self', 'self')])).toEqual(['self 0']);
});
