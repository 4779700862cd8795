import { expect, it } from 'vitest';
import { newBlock } from '../document/new-document';
import { blockOf } from './catalogue';
import { corruptWatermark } from './corrupt-watermark';
import { verifyBlock } from './verify-block';

const none = { encoderWeights: {}, mirrorWeights: null };

verifyBlock(corruptWatermark, [
  { name: 'over a picture', input: [16, 30, 3], output: [16, 30, 3], ...none },
  { name: 'larger than it', params: { size: 64 }, input: [7, 5, 1], output: [7, 5, 1], ...none },
  {
    name: 'the sign, at random',
    params: { mark: 'hourglass', position: 'random', size: 5, shade: 0 },
    input: [16, 30, 3],
    output: [16, 30, 3],
    ...none,
  },
  {
    name: 'a picture of one’s own',
    params: { mark: 'picture', picture: '0f/f0/00', size: 6 },
    input: [16, 30, 3],
    output: [16, 30, 3],
    ...none,
  },
]);

it('asks for the picture it is to mark with', () => {
  const { params } = newBlock('corrupt-watermark', 'mark', { mark: 'picture' });
  expect(blockOf('corrupt-watermark')?.problems(params, [8, 8, 1], 'mark')).toMatchObject([
    { code: 'MARK_MISSING', where: { nodeId: 'mark', param: 'picture' } },
  ]);
});

it.each(['', 'ABC\n', 'ÄÖÜ', 'A'.repeat(41)])('refuses the text “%s”', (text) => {
  expect(corruptWatermark.params.text.schema.safeParse(text).success).toBe(false);
});

it('takes letters, digits and signs', () => {
  expect(corruptWatermark.params.text.schema.safeParse("Ab-9 ^]\\'").success).toBe(false);
  expect(corruptWatermark.params.text.schema.safeParse("Ab-9 @'!").success).toBe(true);
});
