interface BlockGlyphProps {
  readonly half: 'encoder' | 'code' | 'decoder';
  /** Whether the block works on pictures; they are drawn with a grid. */
  readonly picture: boolean;
}

const OUTLINES = {
  encoder: 'M2 2 20 7v8L2 20Z',
  code: 'M8 3h6v16H8Z',
  decoder: 'M20 2 2 7v8l18 5Z',
} as const;

/** The block as the canvas draws it: narrowing in the encoder, widening in the decoder. */
export function BlockGlyph({ half, picture }: BlockGlyphProps) {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <path
        d={OUTLINES[half]}
        fill={`var(--hg-${half}-fill)`}
        stroke={`var(--hg-${half})`}
        strokeWidth="1.3"
        strokeLinejoin="round"
      />
      {picture && (
        <path
          d="M8 8.5h6M8 11h6M8 13.5h6M9.5 7.5v7M12.5 7.5v7"
          stroke={`var(--hg-${half})`}
          strokeWidth="0.8"
        />
      )}
    </svg>
  );
}
