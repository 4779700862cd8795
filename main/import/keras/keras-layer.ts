import type { ForeignBuilder } from '../foreign-builder';
import type { LayerWeights } from './keras-weights';

/** What is known of the layer that is being read. */
export interface KerasLayer {
  readonly builder: ForeignBuilder;
  readonly weights: LayerWeights;
  readonly of: { readonly name: string; readonly type: string; readonly half?: 'encoder' | 'decoder' };
  readonly config: Readonly<Record<string, unknown>>;
}
