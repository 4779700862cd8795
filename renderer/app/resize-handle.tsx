import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import styles from './app.module.css';
import { PANEL_LIMITS, type Panel, resizePanel, useLayout } from './layout-store';

interface ResizeHandleProps {
  readonly panel: Panel;
  readonly label: string;
  /** `1` where dragging right or down makes the panel larger. */
  readonly sign: 1 | -1;
}

/** The line between a panel and the canvas: dragged, or moved with the arrow keys. */
export function ResizeHandle({ panel, label, sign }: ResizeHandleProps) {
  const size = useLayout((state) => state.size[panel]);
  const start = useRef<{ at: number; size: number } | null>(null);
  const direction = panel === 'dock' ? 'y' : 'x';
  const along = (event: PointerEvent) => (direction === 'x' ? event.clientX : event.clientY);

  const onKey = (event: KeyboardEvent) => {
    const [less, more] = direction === 'x' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    if (event.key !== less && event.key !== more) return;
    event.preventDefault();
    resizePanel(panel, size + sign * (event.key === more ? 16 : -16));
  };
  return (
    <hr
      className={styles.handle}
      aria-orientation={direction === 'x' ? 'vertical' : 'horizontal'}
      aria-label={label}
      aria-valuenow={size}
      aria-valuemin={PANEL_LIMITS[panel][0]}
      aria-valuemax={PANEL_LIMITS[panel][1]}
      data-direction={direction}
      tabIndex={0}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: along(event), size };
      }}
      onPointerMove={(event) => {
        if (start.current) resizePanel(panel, start.current.size + sign * (along(event) - start.current.at));
      }}
      onPointerUp={() => {
        start.current = null;
      }}
    />
  );
}
