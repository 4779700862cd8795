import styles from './run-panel.module.css';

/** Which line of a chart is which. */
export function ChartKey({
  colour,
  dashed,
  dashes,
  children,
}: {
  colour: string;
  dashed?: boolean;
  /** How its line is broken, where that tells it from others. */
  dashes?: readonly number[];
  children: React.ReactNode;
}) {
  return (
    <span className={styles.key}>
      {dashes ? (
        <svg width={22} height={4} aria-hidden="true">
          <line x2={22} y1={2} y2={2} stroke={colour} strokeWidth={2} strokeDasharray={dashes.join(' ')} />
        </svg>
      ) : (
        <span
          className={styles.swatch}
          style={{ color: colour, borderTopStyle: dashed ? 'dashed' : 'solid' }}
        />
      )}
      {children}
    </span>
  );
}
