/** What a network that colours may give out of each pixel. */
export const COLOUR_SPACES = ['rgb', 'lab'] as const;

export type ColourSpace = (typeof COLOUR_SPACES)[number];

interface ColourSpaceDefinition {
  readonly space: ColourSpace;
  readonly label: string;
  /** One sentence: what the network gives out, and what becomes of it. */
  readonly help: string;
  /** Channels that the network gives out. */
  readonly channels: number;
}

/** Every such space, in the order they are offered; the first is that of drawings that name none. */
export const colourSpaces: readonly ColourSpaceDefinition[] = [
  {
    space: 'rgb',
    label: 'Red, green, blue',
    help: 'The network gives out red, green and blue, and so the brightness too.',
    channels: 3,
  },
  {
    space: 'lab',
    label: 'L*a*b* chroma',
    help: 'The network gives out a* and b* alone; the lightness stays exactly that of the grey picture.',
    channels: 2,
  },
];
