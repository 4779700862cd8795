import { type Augmentation, alongSeries, fittingShift, NO_AUGMENTATION } from '../augmentation/augmentation';
import type { ParameterValue } from '../blocks/parameter';
import type { ProblemCode } from '../errors/catalogue';
import type { Problem, Remedy } from '../errors/problem';
import type { Loss } from '../losses/catalogue';
import { lossSum } from '../losses/loss-sum';
import { seenShape } from '../tasks/catalogue';
import { valueCount } from '../tensors/shape';
import { insertBehind } from './edit-blocks';
import { setData, setOutput, setParameter, setTask, setTraining } from './edit-settings';
import type { GraphDocument, TrainingSettings } from './graph-document';

/** An edit that mends a Problem, to be offered beside it. */
export interface Fix {
  /** What it does, on its button: `Use sigmoid`. */
  readonly label: string;
  apply(doc: GraphDocument): GraphDocument;
}

type Found = Pick<Problem, 'code' | 'where' | 'remedy'>;
type Place = NonNullable<Problem['where']>;

/** A loss that is chosen in place of a sum. */
const ALONE = { lossWeight: undefined, addedLosses: undefined };

const output = (label: string, change: Parameters<typeof setOutput>[1]): Fix => ({
  label,
  apply: (doc) => setOutput(doc, change),
});
const parameter = (label: string, { nodeId }: Place, name: string, value: ParameterValue): Fix[] =>
  nodeId === undefined ? [] : [{ label, apply: (doc) => setParameter(doc, nodeId, name, value) }];

const corruption = (label: string, { nodeId }: Place, type: string): Fix[] =>
  nodeId === undefined ? [] : [{ label, apply: (doc) => insertBehind(doc, nodeId, type) }];

const training = (label: string, changed: (doc: GraphDocument) => Partial<TrainingSettings>): Fix => ({
  label,
  apply: (doc) => setTraining(doc, changed(doc)),
});

const augmentation = (
  label: string,
  changed: (present: Augmentation, doc: GraphDocument) => Augmentation,
): Fix =>
  training(label, (doc) => ({
    augmentation: changed(doc.training.augmentation ?? NO_AUGMENTATION, doc),
  }));

/** A code half as wide as what the encoder is given, where the code's own size decides that. */
const halfTheInput = ({ nodeId, param }: Place): Fix[] =>
  nodeId === undefined || param !== 'size'
    ? []
    : [
        {
          label: 'Half the input’s size',
          apply(doc) {
            const values = valueCount(seenShape(doc.task.kind, doc.data.shape));
            return setParameter(doc, nodeId, 'size', Math.max(1, Math.floor(values / 2)));
          },
        },
      ];

/** The batch size that whoever found the Problem knows to fit. */
const batchOf = ({ remedy }: Found, label: (size: number) => string): Fix[] => {
  const size = remedy?.batchSize;
  return size === undefined ? [] : [training(label(size), () => ({ batchSize: size }))];
};

/** Uses these columns of a table and no others; a sample has as many values then. */
const columns = (names: readonly string[]): Fix => ({
  label: 'Leave them out',
  apply(doc) {
    const { data } = doc;
    if (data.kind !== 'table') return doc;
    const shape = data.series ? [names.length, 1] : [names.length];
    return setData(doc, { ...data, columns: names, shape });
  },
});

const scaling = (label: string, kind: 'min-max' | 'none'): Fix => ({
  label,
  apply: (doc) =>
    doc.data.kind === 'table' || doc.data.kind === 'npy' ? setData(doc, { ...doc.data, scaling: kind }) : doc,
});

/** Each loss once, with all that it counted for. */
const mergedLosses: Fix = {
  label: 'Add up its weights',
  apply(doc) {
    const weights = new Map<Loss, number>();
    for (const { loss, weight } of lossSum(doc.output)) weights.set(loss, (weights.get(loss) ?? 0) + weight);
    const [[, lossWeight] = ['', 1], ...others] = [...weights];
    return setOutput(doc, {
      lossWeight,
      addedLosses: others.map(([loss, weight]) => ({ loss, weight })),
    });
  },
};

/** The nearest numbers of filters and of groups that go together. */
const grouping = (place: Place, { filters, groups }: Remedy = {}): Fix[] => [
  ...(filters === undefined ? [] : parameter(`Use ${filters} filters`, place, 'filters', filters)),
  ...(groups === undefined
    ? []
    : parameter(groups === 1 ? 'Use one group' : `Use ${groups} groups`, place, 'groups', groups)),
];

/** A usual rate for Adam and its kin. */
const USUAL_RATE = 0.001;

/** The fixes of every Problem that an edit or two can mend, the most usual first. */
const fixes: Partial<Record<ProblemCode, (place: Place, found: Found) => readonly Fix[]>> = {
  BCE_NEEDS_SIGMOID: () => [
    output('Use sigmoid', { activation: 'sigmoid' }),
    output('Use mean squared error', { ...ALONE, loss: 'mse' }),
  ],
  BCE_DATA_RANGE: (_, { remedy }) => [
    ...(remedy?.scaling ? [scaling('Scale to 0–1', remedy.scaling)] : []),
    output('Use mean squared error, linear output', { ...ALONE, loss: 'mse', activation: 'linear' }),
    output('Use Huber, linear output', { ...ALONE, loss: 'huber', activation: 'linear' }),
  ],
  BCE_HELD_OUT_RANGE: () => [output('Use mean squared error', { ...ALONE, loss: 'mse' })],
  BATCH_CLAMPED: (_, found) => batchOf(found, (size) => `Use ${size}`),
  LOSS_TWICE: () => [mergedLosses],
  GROUPS_OF_CHANNELS: (place, { remedy }) => grouping(place, remedy),
  GROUPS_OF_FILTERS: (place, { remedy }) => grouping(place, remedy),
  LAB_DATA_RANGE: (_, { remedy }) => [
    ...(remedy?.scaling ? [scaling('Scale to 0–1', remedy.scaling)] : []),
    { label: 'Colour in red, green, blue', apply: (doc) => setTask(doc, { kind: doc.task.kind }) },
  ],
  MEMORY_LACKING: (_, found) => batchOf(found, (size) => `Use a batch of ${size}`),
  MEMORY_SHORT: (_, found) => batchOf(found, (size) => `Use a batch of ${size}`),
  UNITS_SILENT: (place) => [
    ...parameter('Use leaky ReLU', place, 'activation', 'leakyRelu'),
    ...parameter('Use ELU', place, 'activation', 'elu'),
  ],
  MARK_MISSING: (place) => parameter('Mark with a text', place, 'mark', 'text'),
  SSIM_NEEDS_PICTURE: () => [output('Use mean squared error', { ...ALONE, loss: 'mse' })],
  STACK_IMPOSSIBLE: () => [training('Train without stages', () => ({ pretraining: undefined }))],
  CODE_WIDER: (place) => [
    ...halfTheInput(place),
    ...parameter('Charge activities by L1', place, 'activityPenalty', 'l1'),
  ],
  TASK_WITHOUT_CORRUPTION: (place) => [
    ...corruption('Add noise', place, 'corrupt-noise'),
    ...corruption('Mask values', place, 'corrupt-masking'),
  ],
  // Which labels are normal is for the user to say.
  TASK_WITHOUT_FILTER: () => [
    { label: 'Just reconstruct', apply: (doc) => setTask(doc, { kind: 'reconstruct' }) },
  ],
  VARIATIONAL_ACTIVATION: (place) => parameter('Use linear', place, 'activation', 'linear'),
  KL_NEEDS_SIGMOID: (place) => [
    ...parameter('Use sigmoid', place, 'activation', 'sigmoid'),
    ...parameter('Use L1', place, 'activityPenalty', 'l1'),
  ],
  LEARNING_RATE_HIGH: () => [training(`Use ${USUAL_RATE}`, () => ({ learningRate: USUAL_RATE }))],
  AUGMENTATION_TABLE: () => [augmentation('Turn augmentation off', () => NO_AUGMENTATION)],
  AUGMENTATION_SERIES: () => [augmentation('Keep what series take', alongSeries)],
  AUGMENTATION_SHIFT: () => [
    augmentation('Shift by an eighth', (present, { data }) => ({
      ...present,
      shift: fittingShift(data.shape),
    })),
  ],
  OUTPUT_OUT_OF_REACH: (_, { remedy }) => [
    output('Use a linear output', { activation: 'linear' }),
    ...(remedy?.scaling ? [scaling('Scale to 0–1', remedy.scaling)] : []),
  ],
  SCALING_BYTES: () => [scaling('Set scaling to none', 'none')],
  TABLE_CONSTANT_COLUMNS: (_, { remedy }) => (remedy?.columns ? [columns(remedy.columns)] : []),
};

/** What mends a Problem with one click; none where it needs the user's own judgement. */
export function fixesOf(found: Found): readonly Fix[] {
  return fixes[found.code]?.(found.where ?? {}, found) ?? [];
}
