import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath, useStore } from '@xyflow/react';
import { memo } from 'react';
import { sideHeight } from '../../shared/plan/auto-layout';
import { formatShape } from '../../shared/tensors/shape';
import { useDropTarget } from './drop-target';
import type { WireFlowEdge } from './flow-elements';
import styles from './wire-edge.module.css';
import { SHORT_BELOW } from './zoom-level';

/** Room a letter of a shape asks for on the screen, in pixels; more of it among short forms, so that all stand alike. */
function letterWidth(zoom: number): number {
  return zoom < SHORT_BELOW ? 16 : 6.3 * Math.max(1, zoom);
}

/** A wire with the shape of what flows along it. Wires of the decoder follow from the encoder's and are dashed. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<WireFlowEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data, selected } = props;
  const over = useDropTarget((state) =>
    state.wireId === id ? (state.refused ? 'refused' : 'target') : null,
  );
  const [path, labelX, labelY] = getBezierPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
  });
  const wire = data?.wire;
  const words = wire?.shape ? formatShape(wire.shape) : '';
  // Where the wire is too short for its words, they stand upright above it, on the outline of the hourglass.
  const upright = useStore(
    ({ transform: [, , zoom] }) =>
      targetX > sourceX && (targetX - sourceX) * zoom < words.length * letterWidth(zoom),
  );
  const top = Math.min(sourceY, targetY) - sideHeight(wire?.shape ?? null) / 2;
  const place = upright
    ? `translate(${labelX}px, ${top}px) rotate(-90deg) translate(8px, -50%)`
    : `translate(-50%, -100%) translate(${labelX}px, ${labelY - 4}px)`;
  const look = [
    styles.line,
    wire?.derived ? styles.derived : '',
    wire && wire.problems.length > 0 ? styles.problem : '',
    selected ? styles.selected : '',
    over ? styles[over] : '',
  ];
  return (
    <>
      <BaseEdge id={id} path={path} className={look.join(' ')} interactionWidth={24} />
      {wire?.shape && (
        <EdgeLabelRenderer>
          <div className={styles.shape} data-wire={id} data-upright={upright} style={{ transform: place }}>
            {words}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
