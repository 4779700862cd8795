import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath, useStore } from '@xyflow/react';
import { memo } from 'react';
import { sideHeight } from '../../shared/plan/auto-layout';
import { formatShape } from '../../shared/tensors/shape';
import { useCut } from './cut-wires';
import { TURN } from './detours';
import { useDropTarget } from './drop-target';
import type { WireFlowEdge } from './flow-elements';
import styles from './wire-edge.module.css';
import { SHORT_BELOW, useBlockForm } from './zoom-level';

/** Room a letter of a shape asks for on the screen, in pixels; more of it among short forms, so that all stand alike. */
function letterWidth(zoom: number): number {
  return zoom < SHORT_BELOW ? 16 : 6.3 * Math.max(1, zoom);
}

/** How far from the end of a long wire its words stand, in pixels at zoom 1. */
const LABEL_ASIDE = 20;
const CORNER = 8;

/** From one handle to another under what stands between them, with the place of its words. */
function pathUnder(
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  level: number,
): [path: string, labelX: number, labelY: number] {
  const [down, up] = [fromX + TURN, toX - TURN];
  const path = [
    `M${fromX} ${fromY} H${down - CORNER} Q${down} ${fromY} ${down} ${fromY + CORNER}`,
    `V${level - CORNER} Q${down} ${level} ${down + CORNER} ${level} H${up - CORNER}`,
    `Q${up} ${level} ${up} ${level - CORNER} V${toY + CORNER} Q${up} ${toY} ${up + CORNER} ${toY} H${toX}`,
  ].join(' ');
  return [path, (down + up) / 2, level];
}

/** A wire with the shape of what flows along it. Wires of the decoder follow from the encoder's and are dashed. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<WireFlowEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data, selected } = props;
  const over = useDropTarget((state) =>
    state.wireId === id ? (state.refused ? 'refused' : 'target') : null,
  );
  const isCut = useCut((state) => state.wireIds.includes(id));
  const level = data?.level ?? null;
  const [path, labelX, labelY] =
    level === null
      ? getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition })
      : pathUnder(sourceX, sourceY, targetX, targetY, level);
  const wire = data?.wire;
  const bare = useBlockForm() === 'bare';
  const words = wire?.shape ? formatShape(wire.shape) : '';
  // Where the wire is too short for its words, they stand upright above it, on the outline of the hourglass.
  const upright = useStore(
    ({ transform: [, , zoom] }) =>
      level === null && targetX > sourceX && (targetX - sourceX) * zoom < words.length * letterWidth(zoom),
  );
  // Of several wires that part or meet, each has its words where it runs alone.
  const lone = data?.lone ?? null;
  const aside = Math.min((targetX - sourceX) / 2, LABEL_ASIDE);
  const uprightX = lone === 'source' ? sourceX + aside : lone === 'target' ? targetX - aside : labelX;
  const row = lone === 'source' ? sourceY : lone === 'target' ? targetY : Math.min(sourceY, targetY);
  const half = sideHeight(wire?.shape ?? null) / 2;
  // On the outline: above it, but below a branch that stands lower than where it parts or meets.
  const below = row > Math.min(sourceY, targetY);
  const hang = below ? 'translate(-100%, -50%) translate(-8px, 0)' : 'translate(8px, -50%)';
  const place = upright
    ? `translate(${uprightX}px, ${row + (below ? half : -half)}px) rotate(-90deg) ${hang}`
    : `translate(-50%, -100%) translate(${labelX}px, ${labelY - 4}px)`;
  const look = [
    styles.line,
    wire?.derived ? styles.derived : '',
    wire && wire.problems.length > 0 ? styles.problem : '',
    selected ? styles.selected : '',
    over ? styles[over] : '',
    isCut ? styles.cut : '',
  ];
  return (
    <>
      <BaseEdge id={id} path={path} className={look.join(' ')} interactionWidth={24} />
      {wire?.shape && !bare && (
        <EdgeLabelRenderer>
          <div className={styles.shape} data-wire={id} data-upright={upright} style={{ transform: place }}>
            {words}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
