import type { BrushOutline } from './brush';
import styles from './code-map.module.css';
import { useCodes } from './code-store';
import type { MapPlace } from './map-inverse';
import type { ShownMap } from './map-store';
import { type MapSize, type MapView, pixelOf } from './map-view';

interface MapMarksProps {
  readonly shown: ShownMap;
  readonly view: MapView;
  readonly size: MapSize;
  /** Where the code lies that is decoded. */
  readonly marked: MapPlace;
  readonly hovered: number | null;
  readonly outline: BrushOutline | null;
}

/** What lies over the codes: the place that is decoded, the chosen sample, the brush. */
export function MapMarks({ shown, view, size, marked, hovered, outline }: MapMarksProps) {
  const sample = useCodes((state) => state.sample);
  const { points } = shown;
  const pixelAt = (place: number) =>
    pixelOf({ x: points[2 * place] ?? Number.NaN, y: points[2 * place + 1] ?? Number.NaN }, view, size);
  const [ring, cross] = [pixelAt(sample), pixelOf(marked, view, size)];
  const glance = hovered === null ? null : pixelAt(hovered);
  return (
    <svg className={styles.layer} width={size.width} height={size.height} aria-hidden="true">
      {Number.isFinite(ring.left) && (
        <circle className={styles.ring} cx={ring.left} cy={ring.top} r={7} data-place={sample} />
      )}
      {glance && <circle className={styles.glance} cx={glance.left} cy={glance.top} r={6} />}
      {Number.isFinite(cross.left) && (
        <g className={styles.cross} transform={`translate(${cross.left} ${cross.top})`}>
          <path d="M-11 0H-4M4 0H11M0-11V-4M0 4V11" data-under />
          <path d="M-11 0H-4M4 0H11M0-11V-4M0 4V11" />
        </g>
      )}
      {outline && (
        <path
          className={styles.brush}
          d={`M${outline.map(({ left, top }) => `${left.toFixed(1)} ${top.toFixed(1)}`).join('L')}Z`}
        />
      )}
    </svg>
  );
}
