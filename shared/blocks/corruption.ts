import type { BlockDefinition, LayerRule } from './block';
import type { ParameterEntries } from './parameter';

/** What one way of spoiling samples has of its own. */
interface Corruption<P extends ParameterEntries>
  extends Pick<
      BlockDefinition<P>,
      'type' | 'label' | 'description' | 'alsoCalled' | 'params' | 'accepts' | 'describe' | 'covers'
    >,
    Partial<Pick<BlockDefinition<P>, 'problems'>> {
  /** The label in at most eight letters. */
  readonly brief: string;
  /** What is made of a sample; it keeps its shape. */
  readonly lower: LayerRule<P>['lower'];
}

/** A block that spoils samples between the input and the encoder: without weights, and without a mirror. */
export function corruption<P extends ParameterEntries>({
  brief,
  lower,
  ...own
}: Corruption<P>): BlockDefinition<P> {
  return {
    problems: () => [],
    ...own,
    role: 'layer',
    corrupts: true,
    mirrorLabel: null,
    brief: { label: brief, mirrorLabel: null },
    outputShape: (_params, inputShape) => inputShape,
    encoder: { weights: () => [], lower },
    mirror: null,
  };
}
