import type { Shape } from '../tensors/shape';
import { corruption } from './corruption';
import type { LayerOps } from './layer-ops';
import { number } from './parameter';

const params = {
  share: number({
    label: 'Share',
    help: 'The share of values that are lost: half of them become 0, half 1.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0.1,
  }),
};

/** Sets random values of a sample to 0 or to 1, each half as often as `share` says (Vincent et al. 2010). */
export const corruptSaltPepper = corruption({
  type: 'corrupt-salt-pepper',
  label: 'Salt and pepper',
  brief: 'Salt',
  description: 'Sets random values of the samples to 0 or 1, which the network learns to restore.',
  alsoCalled: ['denoising', 'impulse noise', 'dead pixels'],
  params,
  accepts: 'any',
  describe: ({ share }) => `${share}`,
  lower(ops, x, { params: { share }, inputShape }) {
    const { keptOrSalt, salt } = grains(ops, share, inputShape);
    // Pepper leaves nothing; salt is put where x was taken away.
    const kept = ops.mul(x, ops.add(keptOrSalt, ops.affine(salt, -1, 0)));
    return ops.add(kept, salt);
  },
  covers(ops, { params: { share }, inputShape }) {
    const { keptOrSalt, salt } = grains(ops, share, inputShape);
    return ops.add(ops.affine(keptOrSalt, -1, 1), salt);
  },
});

/** The lowest of the random numbers are pepper, the highest salt. */
function grains<V>(ops: LayerOps<V>, share: number, shape: Shape) {
  const drawn = ops.random('grains', shape, 'uniform');
  return { keptOrSalt: ops.atLeast(drawn, share / 2), salt: ops.atLeast(drawn, 1 - share / 2) };
}
