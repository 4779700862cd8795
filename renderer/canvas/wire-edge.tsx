import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react';
import { memo } from 'react';
import { formatShape } from '../../shared/tensors/shape';
import { useDropTarget } from './drop-target';
import type { WireFlowEdge } from './flow-elements';
import styles from './wire-edge.module.css';

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
          <div
            className={styles.shape}
            data-wire={id}
            style={{ transform: `translate(-50%, -100%) translate(${labelX}px, ${labelY - 4}px)` }}
          >
            {formatShape(wire.shape)}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
