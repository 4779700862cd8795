import { useStore, ViewportPortal } from '@xyflow/react';
import styles from './canvas.module.css';
import { useHelperLines } from './snapping';

/** The lines that show what a dragged block is in line with. */
export function HelperLineView() {
  const lines = useHelperLines((state) => state.lines);
  const zoom = useStore(({ transform }) => transform[2]);
  if (lines.length === 0) return null;
  const thin = 1 / zoom;
  return (
    <ViewportPortal>
      {lines.map(({ direction, at, from, to }) => (
        <div
          key={`${direction} ${at}`}
          className={styles.helperLine}
          data-direction={direction}
          style={
            direction === 'upright'
              ? { transform: `translate(${at - thin / 2}px, ${from}px)`, width: thin, height: to - from }
              : { transform: `translate(${from}px, ${at - thin / 2}px)`, width: to - from, height: thin }
          }
        />
      ))}
    </ViewportPortal>
  );
}
