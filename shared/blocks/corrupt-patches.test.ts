import { expect, it } from 'vitest';
import { corruptPatches } from './corrupt-patches';
import { verifyBlock } from './verify-block';

const none = { encoderWeights: {}, mirrorWeights: null };

verifyBlock(corruptPatches, [
  { name: 'of a picture', input: [9, 8, 3], output: [9, 8, 3], ...none },
  {
    name: 'several, grey',
    params: { count: 3, size: 2, fill: 0.5 },
    input: [4, 5, 1],
    output: [4, 5, 1],
    ...none,
  },
]);

it('says that a patch does not fit, on its size', () => {
  expect(corruptPatches.problems({ count: 1, size: 6, fill: 0 }, [9, 5, 3], 'patches-1')).toMatchObject([
    { code: 'PATCH_TOO_LARGE', where: { nodeId: 'patches-1', param: 'size' } },
  ]);
});
