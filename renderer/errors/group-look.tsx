import { type ReactNode, useId } from 'react';
import type { EvaluatedGroupName } from '../../shared/ipc/contract';
import styles from './errors-panel.module.css';

interface GroupLook {
  readonly colour: string;
  /** Of its outline, as `stroke-dasharray`. */
  readonly dashes: string | undefined;
  /** What its area is filled with, in a tile of 6 × 6 pixels. */
  readonly hatch: ReactNode;
}

/** A colour, a hatch and an outline for each group: any one of the three is enough to tell them apart. */
const LOOKS: Readonly<Record<EvaluatedGroupName, GroupLook>> = {
  validation: {
    colour: 'var(--hg-encoder)',
    dashes: undefined,
    hatch: <rect width={6} height={6} fill="currentColor" opacity={0.16} />,
  },
  test: { colour: 'var(--hg-decoder)', dashes: '7 2', hatch: <path d="M-1 7 7 -1M-1 1 1 -1M5 7 7 5" /> },
  heldOut: {
    colour: 'var(--hg-held-out)',
    dashes: '2 2',
    hatch: <path d="M0 1.5h6M0 4.5h6" />,
  },
  excluded: {
    colour: 'var(--hg-problem)',
    dashes: undefined,
    hatch: <path d="M0 0 6 6M6 0 0 6" />,
  },
  other: {
    colour: 'var(--hg-code)',
    dashes: '8 2 2 2',
    hatch: <path d="M1.5 0v6M4.5 0v6" />,
  },
};

export function lookOf(name: EvaluatedGroupName): GroupLook {
  return LOOKS[name];
}

/** The filling of a group's area, for `fill="url(#id)"` in the same picture. */
export function GroupPattern({ name, id }: { readonly name: EvaluatedGroupName; readonly id: string }) {
  const { colour, hatch } = LOOKS[name];
  return (
    <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse" style={{ color: colour }}>
      <rect width={6} height={6} fill="currentColor" opacity={0.08} />
      <g fill="none" stroke="currentColor" strokeWidth={0.9} opacity={0.6}>
        {hatch}
      </g>
    </pattern>
  );
}

/** What a group looks like, for lists. */
export function GroupSwatch({ name }: { readonly name: EvaluatedGroupName }) {
  const id = useId();
  const { colour, dashes } = LOOKS[name];
  return (
    <svg className={styles.swatch} width={18} height={12} aria-hidden="true">
      <defs>
        <GroupPattern name={name} id={id} />
      </defs>
      <rect
        x={0.75}
        y={0.75}
        width={16.5}
        height={10.5}
        fill={`url(#${id})`}
        stroke={colour}
        strokeWidth={1.5}
        strokeDasharray={dashes}
      />
    </svg>
  );
}
