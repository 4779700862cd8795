import { countAttribute } from './attributes';
import type { Attributes } from './op';

/** How a grouped convolution is divided. */
export interface Groups {
  readonly count: number;
  /** Channels that come in, in all, and filters, in all. */
  readonly channels: number;
  readonly filters: number;
}

/** How a convolution with this kernel is divided. */
export function groupsOf(attributes: Attributes, kernel: readonly number[]): Groups {
  const [, , channels = 0, filters = 0] = kernel;
  const count = countAttribute(attributes, 'groups');
  return { count, channels: channels * count, filters };
}
