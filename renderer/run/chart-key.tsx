import styles from './run-panel.module.css';

/** Which line of a chart is which. */
export function ChartKey({
  colour,
  dashed,
  children,
}: {
  colour: string;
  dashed?: boolean;
  children: React.ReactNode;
}) {
  return (
    <span className={styles.key}>
      <span
        className={styles.swatch}
        style={{ color: colour, borderTopStyle: dashed ? 'dashed' : 'solid' }}
      />
      {children}
    </span>
  );
}
