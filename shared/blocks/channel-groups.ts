import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';
import { FURTHER } from './layer-parameters';
import { integer } from './parameter';

/**
 * Grouped convolution (Krizhevsky et al. 2012): channels and filters lie in as many runs as there are groups, and the filters
 * of a run see the channels of theirs alone. As many groups as channels: depthwise (Sifre 2014, Chollet 2017).
 */
export const groups = integer({
  label: 'Groups',
  help: 'Parts the channels are split into, each with filters of its own: so many times fewer weights. As many as channels come in is a depthwise convolution.',
  min: 1,
  max: 65_536,
  default: 1,
  extra: FURTHER,
});

interface Grouping {
  readonly groups: number;
  readonly filters: number;
}

/** What is wrong with the groups of a convolution that so many channels come into. */
export function groupProblems(grouping: Grouping, channels: number, nodeId: string): Problem[] {
  const { groups, filters } = grouping;
  const nearest = nearestGroups(grouping, channels);
  if (channels % groups !== 0) {
    const found = problem('GROUPS_OF_CHANNELS', { groups, channels }, { nodeId, param: 'groups' });
    return [{ ...found, remedy: { groups: nearest } }];
  }
  if (filters % groups === 0) return [];
  const found = problem('GROUPS_OF_FILTERS', { groups, filters }, { nodeId, param: 'filters' });
  return [{ ...found, remedy: { filters: nearestFilters(grouping), groups: nearest } }];
}

/** The number of groups nearest to the wanted one that divides channels and filters; of two, the smaller. */
export function nearestGroups({ groups, filters }: Grouping, channels: number): number {
  let nearest = 1;
  for (let count = 2; count <= Math.min(channels, filters); count++) {
    const fits = channels % count === 0 && filters % count === 0;
    if (fits && Math.abs(count - groups) < Math.abs(nearest - groups)) nearest = count;
  }
  return nearest;
}

/** The number of filters nearest to the wanted one that the groups divide; of two, the larger. */
export function nearestFilters({ groups, filters }: Grouping): number {
  const below = Math.floor(filters / groups) * groups;
  const isNearer = filters - below < below + groups - filters;
  return below > 0 && (isNearer || below + groups > MOST_FILTERS) ? below : below + groups;
}

const MOST_FILTERS = 65_536;

/** One group a channel, and filters to match: so many for each channel. */
export function depthwise(filters: number, channels: number): { groups: number; filters: number } {
  return { groups: channels, filters: nearestFilters({ groups: channels, filters }) };
}
