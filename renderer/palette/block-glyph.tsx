import type { BlockDefinition } from '../../shared/blocks/block';

interface BlockGlyphProps {
  readonly half: 'encoder' | 'code' | 'decoder';
  /** What the block works on: pictures are drawn with a grid, series with a wave. */
  readonly accepts: BlockDefinition['accepts'];
}

const OUTLINES = {
  encoder: 'M2 2 20 7v8L2 20Z',
  code: 'M8 3h6v16H8Z',
  decoder: 'M20 2 2 7v8l18 5Z',
} as const;

const PATTERNS: Readonly<Partial<Record<BlockDefinition['accepts'], string>>> = {
  picture: 'M8 8.5h6M8 11h6M8 13.5h6M9.5 7.5v7M12.5 7.5v7',
  series: 'M6.5 11c1.5-5 3-5 4.5 0s3 5 4.5 0',
};

/** The block as the canvas draws it: narrowing in the encoder, widening in the decoder. */
export function BlockGlyph({ half, accepts }: BlockGlyphProps) {
  const pattern = PATTERNS[accepts];
  return (
    <svg width="18" height="18" viewBox="0 0 22 22" aria-hidden="true">
      <path
        d={OUTLINES[half]}
        fill={`var(--hg-${half}-fill)`}
        stroke={`var(--hg-${half})`}
        strokeWidth="1.3"
        strokeLinejoin="round"
      />
      {pattern && <path d={pattern} fill="none" stroke={`var(--hg-${half})`} strokeWidth="0.8" />}
    </svg>
  );
}
