import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { documentText, parseDocument } from '../../shared/document/document-text';
import type { DocumentBlock, GraphDocument } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import { chained } from '../../shared/plan/random-stacks';

/** As many samples are drawn; batches of the examples are smaller. */
const SAMPLES = 600;

/** An example as it is, but with a small built-in set of the same shape: what its network computes is the same. */
function small(document: GraphDocument): GraphDocument {
  const { data, training } = document;
  const { pretraining, ...course } = training;
  const shorter = { ...course, ...(pretraining && { pretraining: { epochs: 1 } }) };
  if (data.kind === 'table') return { ...document, training: shorter };
  const name = data.shape.at(-1) === 3 ? 'colour-scenes' : 'digits-and-shapes';
  const { shape, filter } = data;
  const drawn = { kind: 'builtin', name, count: SAMPLES, shape, ...(filter && { filter }) } as const;
  return { ...document, data: drawn, training: shorter };
}

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
    data: { kind: 'builtin', name: 'digits-and-shapes', count: SAMPLES, shape: [28, 28, 1] },
    ...chained([newBlock('input', 'input'), ...blocks, code]),
    output: { activation: 'sigmoid', loss: 'mse' },
    ...others,
  };
}

/** What no example has: groups, dilation, residual blocks, normalisation, branches, ties, skips, odd and uncovered sizes. */
const kinds: readonly GraphDocument[] = [
  drawing('kinds-groups', [
    conv('conv-1', { filters: 8, kernel: 3, stride: 2 }),
    conv('conv-2', { filters: 8, groups: 8, activation: 'swish' }),
    conv('conv-3', { filters: 12, kernel: 4, groups: 4, stride: 2 }),
    conv('conv-4', { filters: 12, dilation: 2, groups: 3, activation: 'leakyRelu001' }),
    conv('conv-5', { filters: 8, kernel: 2, dilation: 3, padding: 'valid', activation: 'relu6' }),
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

/** A signal along one axis: convolved, strided, dilated, in groups, pooled at lengths that are no multiples. */
const series: GraphDocument = drawing(
  'ecg-series',
  [
    newBlock('conv1d', 'conv-1', { filters: 8, kernel: 5, stride: 2 }),
    newBlock('batch-norm', 'batch-norm-1'),
    newBlock('conv1d', 'conv-2', { filters: 8, kernel: 4, dilation: 2, groups: 4 }),
    newBlock('max-pool1d', 'pool-1', { size: 3, stride: 2 }),
    newBlock('average-pool1d', 'pool-2', { size: 2 }),
    newBlock('dense', 'dense-1', { units: 24, activation: 'elu' }),
  ],
  {
    data: {
      kind: 'table',
      path: 'ecg5000/ECG5000_TRAIN.txt',
      label: 'first',
      series: true,
      scaling: 'min-max',
      shape: [140, 1],
    },
    output: { activation: 'linear', loss: 'mse' },
  },
);

/**
 * Writes the examples, each with few samples, and those drawings.
 *
 * @param root of the project
 * @returns their files
 */
export async function writeDrawings(root: string, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  const write = async (name: string, document: GraphDocument) => {
    const file = join(folder, `${name}.hourglass`);
    await writeFile(file, documentText(document));
    files.push(file);
  };
  for (const name of await readdir(join(root, 'examples'))) {
    const text = await readFile(join(root, 'examples', name), 'utf8');
    await write(basename(name, '.hourglass'), small(parseDocument(text)));
  }
  for (const document of [...kinds, series]) await write(document.name, document);
  return files;
}
