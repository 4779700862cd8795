import { problem } from '../errors/catalogue';
import { LETTERS } from '../marks/bitmap-font';
import { type Bitmap, hourglassMark, scaledMark, textMark } from '../marks/mark-bitmap';
import { type MarkPosition, markPlaces } from '../marks/mark-places';
import { pictureOfText } from '../marks/picture-text';
import type { Shape } from '../tensors/shape';
import { corruption } from './corruption';
import type { LayerOps } from './layer-ops';
import { choice, integer, number, type ParameterValues, picture, text } from './parameter';
import { pictureOf } from './spatial';

const params = {
  mark: choice({
    label: 'Mark',
    help: 'What is laid over the pictures.',
    options: [
      { value: 'text', label: 'Text' },
      { value: 'hourglass', label: 'Hourglass' },
      { value: 'picture', label: 'Picture of your own' },
    ],
    default: 'text',
  }),
  text: text({
    label: 'Text',
    help: 'Drawn in capitals.',
    letters: LETTERS,
    max: 40,
    default: 'SAMPLE',
    shownFor: { param: 'mark', values: ['text'] },
  }),
  picture: picture({
    label: 'Picture',
    help: 'It marks where it is opaque or, where all of it is, where it is bright. The drawing keeps it, in at most 64×64 pixels.',
    extra: 'Mark of your own',
    shownFor: { param: 'mark', values: ['picture'] },
  }),
  position: choice({
    label: 'Position',
    help: 'Where the mark lies; random: elsewhere in every sample, at one of up to 64 places.',
    options: [
      { value: 'centre', label: 'Centre' },
      { value: 'top-left', label: 'Top left' },
      { value: 'bottom-right', label: 'Bottom right' },
      { value: 'tiled', label: 'Tiled' },
      { value: 'random', label: 'Random' },
    ],
    default: 'centre',
  }),
  size: integer({ label: 'Height', help: 'Height of the mark.', unit: 'px', min: 3, max: 512, default: 7 }),
  opacity: number({
    label: 'Opacity',
    help: 'How much the mark hides of what lies under it: 1 hides it wholly.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0.6,
  }),
  shade: number({
    label: 'Shade',
    help: 'The mark’s own value, in the data’s 0–1 scale: 0 is black, 1 white.',
    min: 0,
    max: 1,
    step: 0.1,
    default: 1,
  }),
};

/** Lays a mark over a picture: x + opacity · mark · (shade − x), the mark 0–1 as far as it covers a pixel. */
export const corruptWatermark = corruption({
  type: 'corrupt-watermark',
  label: 'Watermark',
  brief: 'Mark',
  description:
    'Lays a text, a sign or a picture of your own over the pictures, which the network learns to remove.',
  alsoCalled: ['logo', 'stamp', 'text', 'overlay'],
  params,
  accepts: 'picture',
  describe: ({ mark, text, opacity }) => `${mark === 'text' ? text : mark} · ${opacity}`,
  problems({ mark, picture }, _inputShape, nodeId) {
    if (mark !== 'picture' || picture !== '') return [];
    return [problem('MARK_MISSING', undefined, { nodeId, param: 'picture' })];
  },
  lower(ops, x, { params, inputShape }) {
    const { opacity, shade } = params;
    const mark = markOf(ops, params, inputShape);
    const kept = ops.mul(x, ops.affine(mark, -opacity, 1));
    return shade === 0 ? kept : ops.add(kept, ops.affine(mark, opacity * shade, 0));
  },
  covers: (ops, { params, inputShape }) => ops.atLeast(markOf(ops, params, inputShape), LEAST_COVERED),
});

/** Pixels of which a mark covers less count as untouched. */
const LEAST_COVERED = 0.01;

/** How much of each value the mark covers, 0–1, shaped like a sample. */
function markOf<V>(ops: LayerOps<V>, values: ParameterValues<typeof params>, shape: Shape): V {
  const [height, width] = pictureOf(shape);
  const bitmap = scaledMark(markIn(values), values.size);
  const places = markPlaces(bitmap, { height, width }, values.position as MarkPosition);
  const pixels = height * width;
  const [first = []] = places;
  const flat =
    places.length === 1
      ? ops.constant(first, [pixels])
      : ops.alongAxis(chosenPlace(ops, places.length), 0, stepsBetween(places));
  return ops.repeat(ops.reshape(flat, [height, width, 1]), shape);
}

function markIn({ mark, text, picture }: ParameterValues<typeof params>): Bitmap {
  if (mark === 'picture') return pictureOfText(picture);
  return mark === 'text' ? textMark(text) : hourglassMark();
}

/** Of a place drawn from `count`, 1 for it and for each before it, else 0. */
function chosenPlace<V>(ops: LayerOps<V>, count: number): V {
  const drawn = ops.repeat(ops.affine(ops.random('place', [1], 'uniform'), count, 0), [count]);
  const before = ops.constant(
    Array.from({ length: count }, (_, place) => -place),
    [count],
  );
  return ops.atLeast(ops.add(drawn, before), 0);
}

/** What each place adds to the one before it: the sum up to a place is the mark there. */
function stepsBetween(places: readonly (readonly number[])[]): readonly number[] {
  return places.flatMap((pixels, place) => pixels.map((value, i) => value - (places[place - 1]?.[i] ?? 0)));
}
