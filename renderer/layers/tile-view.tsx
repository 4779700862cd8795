import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useElementSize } from '../errors/element-size';
import { formatSigned } from '../run/format';
import { t } from '../strings/strings';
import { ColourLegend } from './colour-legend';
import { type ColourScale, rgbaOf } from './colour-maps';
import styles from './layers-panel.module.css';
import { placeAt, placeByKey, type TilePlace, type Tiles, tileGrid } from './tiles';

interface TileViewProps {
  readonly tiles: Tiles;
  readonly scale: ColourScale;
  /** 1 fits the tiles into the pane. */
  readonly zoom: number;
  readonly label: string;
  /** Tiles that are marked as silent. */
  readonly silent: ReadonlySet<number>;
  /** Beside the legend. */
  readonly children: ReactNode;
}

/** A canvas has no more pixels at each side; what is beyond is reached with a lower zoom. */
const MOST_SIDE = 8192;

/** Numbers as tiles of colours; the pointer, or the arrow keys, tell each one. */
export function TileView({ tiles, scale, zoom, label, silent, children }: TileViewProps) {
  const [pane, size] = useElementSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [place, setPlace] = useState<TilePlace | null>(null);
  const [width, height] = [size?.width ?? 0, size?.height ?? 0];
  const grid = useMemo(
    () =>
      width > 20 && height > 20 ? tileGrid(tiles, { width: width - 4, height: height - 4 }, zoom) : null,
    [tiles, width, height, zoom],
  );
  const shown =
    place && place.tile < tiles.count && place.y < tiles.height && place.x < tiles.width ? place : null;

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !grid) return;
    context.imageSmoothingEnabled = false;
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    const one = new OffscreenCanvas(tiles.width, tiles.height);
    const own = one.getContext('2d');
    if (!own) return;
    for (let tile = 0; tile < tiles.count; tile += 1) {
      const left = (tile % grid.columns) * grid.pitch.x;
      const top = Math.floor(tile / grid.columns) * grid.pitch.y;
      if (top >= MOST_SIDE) break;
      own.putImageData(tileImage(tiles, tile, scale), 0, 0);
      context.drawImage(one, left, top, tiles.width * grid.scale, tiles.height * grid.scale);
      if (silent.has(tile)) crossOut(context, left, top, tiles.width * grid.scale, tiles.height * grid.scale);
    }
  }, [tiles, grid, scale, silent]);

  const frame = shown &&
    grid && {
      left: (shown.tile % grid.columns) * grid.pitch.x + shown.x * grid.scale,
      top: Math.floor(shown.tile / grid.columns) * grid.pitch.y + shown.y * grid.scale,
      width: grid.scale,
      height: grid.scale,
    };
  return (
    <div className={styles.figure}>
      <div ref={pane} className={styles.pane}>
        {grid && (
          <div
            className={styles.tiles}
            style={{ width: grid.width, height: grid.height }}
            role="slider"
            aria-label={label}
            aria-valuemin={0}
            aria-valuemax={tiles.count * tiles.height * tiles.width - 1}
            aria-valuenow={shown ? (shown.tile * tiles.height + shown.y) * tiles.width + shown.x : 0}
            aria-valuetext={shown ? reading(tiles, shown) : t('layers.hover')}
            tabIndex={0}
            onPointerMove={(event) => {
              const box = event.currentTarget.getBoundingClientRect();
              setPlace(placeAt(tiles, grid, event.clientX - box.left, event.clientY - box.top));
            }}
            onPointerLeave={() => setPlace(null)}
            onFocus={() => setPlace((now) => now ?? { tile: 0, y: 0, x: 0 })}
            onKeyDown={(event) => {
              const next = placeByKey(tiles, shown ?? { tile: 0, y: 0, x: 0 }, event.key);
              if (!next) return;
              event.preventDefault();
              event.stopPropagation();
              setPlace(next);
            }}
          >
            <canvas
              ref={canvas}
              width={Math.min(MOST_SIDE, Math.max(1, Math.ceil(grid.width)))}
              height={Math.min(MOST_SIDE, Math.max(1, Math.ceil(grid.height)))}
              data-testid="layer-tiles"
            />
            {frame && <div className={styles.cursor} style={frame} />}
          </div>
        )}
      </div>
      <div className={styles.foot}>
        <ColourLegend scale={scale} />
        <output className={styles.reading}>{shown ? reading(tiles, shown) : t('layers.hover')}</output>
        {children}
      </div>
    </div>
  );
}

function reading(tiles: Tiles, { tile, y, x }: TilePlace): string {
  const value = tiles.at(tile, y, x);
  const signed = formatSigned(value);
  const [down, across] = tiles.axes;
  const place = `${down} ${y}, ${across} ${x}`;
  return tiles.count > 1 || tiles.name === 'map'
    ? `${tiles.name} ${tile + 1}, ${place}: ${signed}`
    : `${place}: ${signed}`;
}

function tileImage({ width, height, at }: Tiles, tile: number, scale: ColourScale): ImageData {
  return new ImageData(
    rgbaOf((y, x) => at(tile, y, x), { height, width }, scale),
    width,
    height,
  );
}

/** A slash over a silent map, so that it is told from one that is merely dark. */
function crossOut(
  context: CanvasRenderingContext2D,
  left: number,
  top: number,
  width: number,
  height: number,
) {
  context.strokeStyle = '#ff7a66';
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(left + 1, top + height - 1);
  context.lineTo(left + width - 1, top + 1);
  context.stroke();
}
