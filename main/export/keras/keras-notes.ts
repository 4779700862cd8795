import type { Network } from '../network/network';

/** What becomes other in Keras where it is trained on, while it computes the same. */
export function kerasNotes({ steps }: Pick<Network, 'steps'>): string[] {
  const tied = steps.filter(({ operation }) => operation.kind === 'dense' && operation.transposed);
  const owners = new Map<string, number>();
  for (const { operation } of steps) {
    if ('kernel' in operation)
      owners.set(operation.kernel.name, (owners.get(operation.kernel.name) ?? 0) + 1);
  }
  const shared = [...owners.values()].some((count) => count > 1) || tied.length > 0;
  const grouped = steps.some(
    ({ operation }) => operation.kind === 'convTranspose' && operation.groups > 1 && operation.stride > 1,
  );
  const loud = steps.some(({ operation }) => operation.kind === 'noise' && operation.deviation > 1);
  return [
    ...(shared ? ['Tied weights are copied: Keras would train the copies apart.'] : []),
    ...(grouped
      ? [
          'Keras has no transposed convolution in groups: its kernel holds zeros between them, which training would change.',
        ]
      : []),
    ...(loud
      ? ['Noise of a deviation above 1, which Keras does not know, is left out; it acts in training alone.']
      : []),
  ];
}
