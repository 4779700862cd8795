import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { formatShape } from '../../shared/tensors/shape';
import { t } from '../strings/strings';
import { useCut } from './cut-wires';
import { useDropTarget } from './drop-target';
import type { SkipFlowEdge } from './flow-elements';
import styles from './wire-edge.module.css';
import { skipPath } from './wire-path';

/** A skip from a block to its twin: out of the lower edge of the one, under the drawing, into that of the other. */
export const SkipEdge = memo(function SkipEdge(props: EdgeProps<SkipFlowEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, data, selected } = props;
  const refused = useDropTarget((state) => state.wireId === id);
  const isCut = useCut((state) => state.wireIds.includes(id));
  if (!data) return null;
  const { wire, level, edges } = data;
  const { path, arrow, labelX, labelY } = skipPath({ sourceX, sourceY, targetX, targetY }, edges, level);
  const look = [
    styles.line,
    styles.skip,
    selected ? styles.selected : '',
    refused ? styles.refused : '',
    isCut ? styles.cut : '',
  ];
  return (
    <>
      <BaseEdge id={id} path={path} className={look.join(' ')} interactionWidth={24} />
      <path className={styles.arrow} d={arrow} />
      <EdgeLabelRenderer>
        <div
          className={styles.shape}
          data-wire={id}
          style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
        >
          {t(`canvas.joinMarks.${wire.skip ?? 'add'}`)} {wire.shape ? formatShape(wire.shape) : ''}
        </div>
      </EdgeLabelRenderer>
    </>
  );
});
