import type { RunLayer } from '../../shared/ipc/layer-schemas';
import { isPicture, type Shape, valueCount } from '../../shared/tensors/shape';
import type { Tiles } from './tiles';

/** Numbers of a layer with their shape, channels last. */
export interface LayerNumbers {
  readonly shape: Shape;
  readonly values: Float32Array;
}

/** What a layer gives out, as tiles: feature maps, or a series with its channels one below the other; null for a vector. */
export function activationTiles({ shape, values }: LayerNumbers): Tiles | null {
  if (isPicture(shape)) {
    const [height, width, channels] = shape;
    return {
      ...{ count: channels, height, width, name: 'map', axes: ['y', 'x'] },
      at: (tile, y, x) => values[(y * width + x) * channels + tile] ?? 0,
    };
  }
  if (shape.length === 2) {
    const [length = 1, channels = 1] = shape;
    return {
      ...{ count: 1, height: channels, width: length, name: 'series', axes: ['channel', 'place'] },
      at: (_tile, y, x) => values[x * channels + y] ?? 0,
    };
  }
  return null;
}

/** Ways a kernel can be seen, besides as one matrix. */
export interface WeightsView {
  readonly tiles: Tiles;
  /** What is chosen among, where the tiles show only some: the channels that are read, and how many there are. */
  readonly channels: { readonly label: ChannelLabel; readonly count: number } | null;
  /** What the tiles are: a string of `layers`. */
  readonly caption: 'unitPictures' | 'givenPictures' | 'matrix' | 'filters' | 'seriesFilters';
}

/** Strings of `layers`. */
type ChannelLabel = 'channelOfInput' | 'channelOfPicture' | 'channelRead';

/** The shapes before and behind a dense layer, where it reads or gives out pictures laid out as vectors. */
export interface Surroundings {
  readonly reads: Shape | null;
  readonly gives: Shape | null;
}

/** Of a dense layer: the picture that its input was, and the one its output becomes. */
export function surroundingsOf(layer: RunLayer, layers: readonly RunLayer[]): Surroundings {
  const blockId = layer.id.replace(/′$/, '');
  const flat = layers.find(({ id }) => id === `${blockId}~flatten`);
  const back = layers.find(({ id }) => id === `${blockId}~flatten′`);
  const isTwin = layer.id !== blockId;
  const picture = (shape: Shape | undefined) => (shape && isPicture(shape) ? shape : null);
  return {
    reads: isTwin ? null : picture(flat?.inputShape),
    gives: isTwin ? picture(back?.outputShape) : null,
  };
}

/**
 * A weight as tiles; null where it is a vector, to be drawn as bars.
 *
 * - A dense kernel [in, out] that reads a picture: for each unit the picture that excites it most, channel by channel.
 * - One that gives out a picture: for each unit that it reads, what that adds to the picture.
 * - Any other: one matrix.
 * - A convolution's kernel [height, width, in, out] (transposed: [height, width, out, in]): a tile for each channel it gives out.
 * - Along a series [length, in, out]: a tile for each channel it gives out, the channels it reads one below the other.
 */
export function weightTiles(
  layer: Pick<RunLayer, 'half' | 'type'>,
  { shape, values }: LayerNumbers,
  { reads, gives }: Surroundings,
  channel: number,
): WeightsView | null {
  if (shape.length === 2) {
    const [rows = 1, columns = 1] = shape;
    if (reads && valueCount(reads) === rows) {
      const [height = 1, width = 1, channels = 1] = reads;
      const tiles: Tiles = {
        ...{ count: columns, height, width, name: 'unit', axes: ['y', 'x'] },
        at: (tile, y, x) => values[((y * width + x) * channels + channel) * columns + tile] ?? 0,
      };
      return { tiles, channels: choice('channelOfInput', channels), caption: 'unitPictures' };
    }
    if (gives && valueCount(gives) === columns) {
      const [height = 1, width = 1, channels = 1] = gives;
      const tiles: Tiles = {
        ...{ count: rows, height, width, name: 'unit', axes: ['y', 'x'] },
        at: (tile, y, x) => values[tile * columns + (y * width + x) * channels + channel] ?? 0,
      };
      return { tiles, channels: choice('channelOfPicture', channels), caption: 'givenPictures' };
    }
    const tiles: Tiles = {
      ...{ count: 1, height: rows, width: columns, name: 'matrix', axes: ['in', 'out'] },
      at: (_tile, y, x) => values[y * columns + x] ?? 0,
    };
    return { tiles, channels: null, caption: 'matrix' };
  }
  const isTransposed = layer.half === 'decoder';
  if (shape.length === 4) {
    const [height = 1, width = 1, third = 1, fourth = 1] = shape;
    const [given, read] = isTransposed ? [third, fourth] : [fourth, third];
    const tiles: Tiles = {
      ...{ count: given, height, width, name: 'filter', axes: ['y', 'x'] },
      at: (tile, y, x) => {
        const [a, b] = isTransposed ? [tile, channel] : [channel, tile];
        return values[((y * width + x) * third + a) * fourth + b] ?? 0;
      },
    };
    return { tiles, channels: choice('channelRead', read), caption: 'filters' };
  }
  if (shape.length === 3) {
    const [length = 1, second = 1, third = 1] = shape;
    const [given, read] = isTransposed ? [second, third] : [third, second];
    const tiles: Tiles = {
      ...{ count: given, height: read, width: length, name: 'filter', axes: ['channel', 'place'] },
      at: (tile, y, x) => {
        const [a, b] = isTransposed ? [tile, y] : [y, tile];
        return values[(x * second + a) * third + b] ?? 0;
      },
    };
    return { tiles, channels: null, caption: 'seriesFilters' };
  }
  return null;
}

function choice(label: ChannelLabel, count: number): WeightsView['channels'] {
  return count > 1 ? { label, count } : null;
}
