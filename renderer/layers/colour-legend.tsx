import { formatSigned } from '../run/format';
import type { ColourScale } from './colour-maps';
import styles from './layers-panel.module.css';

/** What the colours stand for, with numbers at the ends. 0 is the middle of those that go below it. */
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
      <span>{signed(most)}</span>
    </div>
  );
}

export function signed(value: number): string {
  return value === 0 ? '0' : formatSigned(value);
}
