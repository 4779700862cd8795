import { problem } from '../errors/catalogue';
import { corruption } from './corruption';
import type { LayerOps } from './layer-ops';
import { integer, number } from './parameter';
import { pictureOf } from './spatial';

const params = {
  count: integer({
    label: 'Patches',
    help: 'How many squares of each picture are missing; they may overlap.',
    min: 1,
    max: 16,
    default: 1,
  }),
  size: integer({ label: 'Size', help: 'Side of each square.', unit: 'px', min: 1, max: 1024, default: 8 }),
  fill: number({
    label: 'Fill',
    help: 'The value in a patch, in the data’s 0–1 scale: 0 is black, 1 white.',
    min: 0,
    max: 1,
    step: 0.1,
    default: 0,
  }),
};

/** Leaves squares out of a picture, at random places, another of them for every sample (Pathak et al. 2016). */
export const corruptPatches = corruption({
  type: 'corrupt-patches',
  label: 'Missing patches',
  brief: 'Patches',
  description: 'Leaves squares out of the pictures, which the network learns to fill in.',
  alsoCalled: ['inpainting', 'cutout', 'holes', 'erase'],
  params,
  accepts: 'picture',
  describe: ({ count, size }) => `${count} · ${size}×${size}`,
  problems({ size }, inputShape, nodeId) {
    const [height, width] = pictureOf(inputShape);
    if (size <= Math.min(height, width)) return [];
    return [problem('PATCH_TOO_LARGE', { size, height, width }, { nodeId, param: 'size' })];
  },
  lower(ops, x, { params: { count, size, fill }, inputShape }) {
    const present = ops.repeat(presentPixels(ops, count, size, inputShape), inputShape);
    const kept = ops.mul(x, present);
    return fill === 0 ? kept : ops.add(kept, ops.affine(present, -fill, fill));
  },
  covers: (ops, { params: { count, size }, inputShape }) =>
    ops.repeat(ops.affine(presentPixels(ops, count, size, inputShape), -1, 1), inputShape),
});

/** 1 for each pixel, height × width × 1, that no patch covers; 0 for others. */
function presentPixels<V>(ops: LayerOps<V>, count: number, size: number, shape: readonly number[]): V {
  const [height, width] = pictureOf(shape);
  const places = ops.random('places', [2 * count], 'uniform');
  const outside = Array.from({ length: count }, (_, patch) => {
    const rows = inPatch(ops, ops.slice(places, [2 * patch], [1]), height, size);
    const columns = inPatch(ops, ops.slice(places, [2 * patch + 1], [1]), width, size);
    const square = ops.mul(
      ops.repeat(ops.reshape(rows, [height, 1, 1]), [height, width, 1]),
      ops.repeat(ops.reshape(columns, [1, width, 1]), [height, width, 1]),
    );
    return ops.affine(square, -1, 1);
  });
  return outside.reduce((all, one) => ops.mul(all, one));
}

/** Which places of an axis lie in a patch: `size` of `length`, from anywhere that it fits, as a number of [0, 1) says. */
function inPatch<V>(ops: LayerOps<V>, drawn: V, length: number, size: number): V {
  // The patch begins at the first whole place that is not below the edge.
  const edge = ops.repeat(ops.affine(drawn, length - size + 1, -1), [length]);
  const places = ops.constant(
    Array.from({ length }, (_, place) => place),
    [length],
  );
  const beyond = ops.add(places, ops.affine(edge, -1, 0));
  return ops.add(ops.atLeast(beyond, 0), ops.affine(ops.atLeast(beyond, size), -1, 0));
}
