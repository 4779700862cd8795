import { nearestFilters, nearestGroups } from '../blocks/channel-groups';
import type { ProblemCode } from '../errors/catalogue';
import type { Problem } from '../errors/problem';
import { planDocument } from '../plan/plan-document';
import { seenShape } from '../tasks/catalogue';
import { valueCount } from '../tensors/shape';
import { insertBehind } from './edit-blocks';
import { setOutput, setParameter, setTraining } from './edit-settings';
import type { GraphDocument } from './graph-document';

/** An edit that mends a Problem, to be offered beside it. */
export interface Fix {
  /** What it does, on its button: `Use sigmoid`. */
  readonly label: string;
  apply(doc: GraphDocument): GraphDocument;
}

type Place = NonNullable<Problem['where']>;

/** A loss that is chosen in place of a sum. */
const ALONE = { lossWeight: undefined, addedLosses: undefined };

const output = (label: string, change: Parameters<typeof setOutput>[1]): Fix => ({
  label,
  apply: (doc) => setOutput(doc, change),
});
const parameter = (label: string, { nodeId }: Place, name: string, value: string): Fix[] =>
  nodeId === undefined ? [] : [{ label, apply: (doc) => setParameter(doc, nodeId, name, value) }];

const corruption = (label: string, { nodeId }: Place, type: string): Fix[] =>
  nodeId === undefined ? [] : [{ label, apply: (doc) => insertBehind(doc, nodeId, type) }];

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

/** What a block's groups and filters are mended to, by the channels that come in. */
const grouped = (
  label: string,
  { nodeId }: Place,
  name: 'groups' | 'filters',
  nearest: (wanted: { groups: number; filters: number }, channels: number) => number,
): Fix[] =>
  nodeId === undefined
    ? []
    : [
        {
          label,
          apply(doc) {
            const params = doc.blocks.find(({ id }) => id === nodeId)?.params ?? {};
            const wanted = { groups: Number(params.groups), filters: Number(params.filters) };
            const channels = planDocument(doc).shapes.get(nodeId)?.inputShape?.at(-1) ?? 1;
            return setParameter(doc, nodeId, name, nearest(wanted, channels));
          },
        },
      ];

/** A usual rate for Adam and its kin. */
const USUAL_RATE = 0.001;

/** The fixes of every Problem that an edit or two can mend, the most usual first. */
const fixes: Partial<Record<ProblemCode, (place: Place) => readonly Fix[]>> = {
  BCE_NEEDS_SIGMOID: () => [
    output('Use sigmoid', { activation: 'sigmoid' }),
    output('Use mean squared error', { ...ALONE, loss: 'mse' }),
  ],
  BCE_DATA_RANGE: () => [
    output('Use mean squared error, linear output', { ...ALONE, loss: 'mse', activation: 'linear' }),
    output('Use Huber, linear output', { ...ALONE, loss: 'huber', activation: 'linear' }),
  ],
  GROUPS_OF_CHANNELS: (place) => grouped('Use the nearest number that fits', place, 'groups', nearestGroups),
  GROUPS_OF_FILTERS: (place) => [
    ...grouped('Use the nearest number of filters', place, 'filters', nearestFilters),
    ...grouped('Use fewer or more groups', place, 'groups', nearestGroups),
  ],
  MEMORY_SHORT: () => [
    {
      label: 'Halve the batch size',
      apply: (doc) => setTraining(doc, { batchSize: Math.max(1, Math.floor(doc.training.batchSize / 2)) }),
    },
  ],
  UNITS_SILENT: (place) => [
    ...parameter('Use leaky ReLU', place, 'activation', 'leakyRelu'),
    ...parameter('Use ELU', place, 'activation', 'elu'),
  ],
  MARK_MISSING: (place) => parameter('Mark with a text', place, 'mark', 'text'),
  SSIM_NEEDS_PICTURE: () => [output('Use mean squared error', { ...ALONE, loss: 'mse' })],
  CODE_WIDER: (place) => [
    ...halfTheInput(place),
    ...parameter('Charge activities by L1', place, 'activityPenalty', 'l1'),
  ],
  TASK_WITHOUT_CORRUPTION: (place) => [
    ...corruption('Add noise', place, 'corrupt-noise'),
    ...corruption('Mask values', place, 'corrupt-masking'),
  ],
  VARIATIONAL_ACTIVATION: (place) => parameter('Use linear', place, 'activation', 'linear'),
  KL_NEEDS_SIGMOID: (place) => [
    ...parameter('Use sigmoid', place, 'activation', 'sigmoid'),
    ...parameter('Use L1', place, 'activityPenalty', 'l1'),
  ],
  LEARNING_RATE_HIGH: () => [
    { label: `Use ${USUAL_RATE}`, apply: (doc) => setTraining(doc, { learningRate: USUAL_RATE }) },
  ],
  OUTPUT_OUT_OF_REACH: () => [output('Use a linear output', { activation: 'linear' })],
};

/** What mends a Problem with one click; none where it needs the user's own judgement. */
export function fixesOf({ code, where }: Pick<Problem, 'code' | 'where'>): readonly Fix[] {
  return fixes[code]?.(where ?? {}) ?? [];
}
