import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documentText } from '../../shared/document/document-text';
import type { DocumentBlock, GraphDocument } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import { chained } from '../../shared/plan/random-stacks';

/** The examples, with the folder of data that each needs; null: built in. */
export const examples: Readonly<Record<string, string | null>> = {
  'digits-and-shapes': null,
  'digits-stacked': null,
  'denoise-digits': null,
  'find-shapes': null,
  'vary-features': null,
  'colour-scenes': null,
  'colour-grey-scenes': null,
  'compress-scenes': null,
  'inpaint-scenes': null,
  'remove-watermark': null,
  'mnist-dense': 'mnist',
  'mnist-conv': 'mnist',
  'mnist-sparse': 'mnist',
  'mnist-contractive': 'mnist',
  'mnist-denoise': 'mnist',
  'mnist-variational': 'mnist',
  'cifar-colour': 'cifar10',
  'cifar-colour-lab': 'cifar10',
  'cifar-watermark': 'cifar10',
  'ecg-anomalies': 'ecg5000/ECG5000_TRAIN.txt',
};

const conv = (id: string, params: DocumentBlock['params']) => newBlock('conv', id, params);
const code = newBlock('code', 'code', { size: 12 });

function drawing(
  name: string,
  blocks: readonly DocumentBlock[],
  others: Partial<GraphDocument> = {},
): GraphDocument {
  const empty = emptyDocument();
  return {
    ...empty,
    name,
    data: { kind: 'builtin', name: 'digits-and-shapes', count: 1000, shape: [28, 28, 1] },
    ...chained([newBlock('input', 'input'), ...blocks, code]),
    output: { activation: 'sigmoid', loss: 'mse' },
    ...others,
  };
}

/** What no example has: groups, dilation, residual blocks, normalisation, branches, ties, skips, odd and uncovered sizes. */
const kinds: readonly GraphDocument[] = [
  drawing('kinds-groups', [
    conv('conv-1', { filters: 8, kernel: 3, stride: 2 }),
    conv('conv-2', { filters: 8, groups: 8 }),
    conv('conv-3', { filters: 12, kernel: 4, groups: 4, stride: 2 }),
    conv('conv-4', { filters: 12, dilation: 2, groups: 3 }),
    conv('conv-5', { filters: 8, kernel: 2, dilation: 3, padding: 'valid' }),
  ]),
  drawing('kinds-normalised', [
    newBlock('gaussian-noise', 'noise-1'),
    conv('conv-1', { filters: 8, stride: 2, activation: 'linear', useBias: false }),
    newBlock('batch-norm', 'batch-norm-1'),
    newBlock('activation', 'activation-1', { activation: 'leakyRelu' }),
    newBlock('residual', 'residual-1', { innerActivation: 'gelu' }),
    newBlock('dropout', 'dropout-1', { wholeChannels: true }),
    newBlock('layer-norm', 'layer-norm-1'),
    newBlock('dense', 'dense-1', { units: 40, activation: 'selu' }),
    newBlock('batch-norm', 'batch-norm-2'),
  ]),
  drawing('kinds-odd-sizes', [
    conv('conv-1', { filters: 6, kernel: 5, stride: 3, padding: 'valid', activation: 'elu' }),
    newBlock('max-pool', 'pool-1', { size: 3, stride: 2 }),
    conv('conv-2', { filters: 8, kernel: 2, activation: 'softplus' }),
    newBlock('average-pool', 'pool-2', { size: 2, padding: 'valid', upsampling: 'bilinear' }),
  ]),
  drawing(
    'kinds-branches',
    [
      conv('conv-1', { filters: 6, stride: 2, activation: 'tanh' }),
      conv('conv-2', { filters: 4, activation: 'tanh' }),
      conv('conv-3', { filters: 6, kernel: 1, activation: 'tanh' }),
      newBlock('concat', 'concat-1'),
      conv('conv-4', { filters: 6, activation: 'tanh' }),
      newBlock('add', 'add-1'),
      newBlock('average-pool', 'pool-1'),
      newBlock('dense', 'dense-1', { units: 30 }),
    ],
    {
      wires: [
        'input→conv-1 conv-1→conv-2 conv-1→conv-3 conv-2→concat-1 conv-3→concat-1 concat-1→conv-4 conv-4→add-1 conv-1→add-1',
        'add-1→pool-1 pool-1→dense-1 dense-1→code',
      ]
        .flatMap((line) => line.split(' '))
        .map((wire) => {
          const [from = '', to = ''] = wire.split('→');
          return { from, to };
        }),
    },
  ),
  drawing(
    'kinds-tied-and-skipped',
    [
      conv('conv-1', { filters: 6, stride: 2 }),
      conv('conv-2', { filters: 8, stride: 2, groups: 2 }),
      newBlock('dense', 'dense-1', { units: 30 }),
    ],
    { tied: ['conv-2', 'dense-1'], skips: { 'conv-1': 'concat', 'dense-1': 'add' } },
  ),
];

/** Writes those drawings. @returns their files, by their names */
export async function writeKinds(folder: string): Promise<ReadonlyMap<string, string>> {
  await mkdir(folder, { recursive: true });
  const files = kinds.map((document) => [document.name, join(folder, `${document.name}.hourglass`)] as const);
  for (const [index, document] of kinds.entries()) await writeFile(files[index]![1], documentText(document));
  return new Map(files);
}
