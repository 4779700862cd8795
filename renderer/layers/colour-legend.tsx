import { formatError } from '../run/format';
import type { ColourScale } from './colour-maps';
import styles from './layers-panel.module.css';

/** What the colours stand for, with numbers at the ends, and 0 where it is between. */
export function ColourLegend({ scale: { map, least, most } }: { readonly scale: ColourScale }) {
  const stops = [0, 32, 64, 96, 128, 160, 192, 224, 255].map((at) => `rgb(${map[at]?.join(' ')})`);
  return (
    <div className={styles.legend}>
      <span>{signed(least)}</span>
      <span
        className={styles.ramp}
        style={{ background: `linear-gradient(to right, ${stops.join(', ')})` }}
        aria-hidden="true"
      />
      {least < 0 && <span className={styles.zero}>0</span>}
      <span>{signed(most)}</span>
    </div>
  );
}

export function signed(value: number): string {
  return value === 0 ? '0' : `${value < 0 ? '−' : ''}${formatError(Math.abs(value))}`;
}
