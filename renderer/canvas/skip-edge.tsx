import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { NODE_WIDTH } from '../../shared/plan/auto-layout';
import { formatShape } from '../../shared/tensors/shape';
import { useCut } from './cut-wires';
import { useDropTarget } from './drop-target';
import type { SkipFlowEdge } from './flow-elements';
import styles from './wire-edge.module.css';

const CORNER = 10;

/** A skip from a block to its twin: out of the lower edge of the one, under the drawing, into that of the other. */
export const SkipEdge = memo(function SkipEdge(props: EdgeProps<SkipFlowEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, data, selected } = props;
  const refused = useDropTarget((state) => state.wireId === id);
  const isCut = useCut((state) => state.wireIds.includes(id));
  if (!data) return null;
  const { wire, level, edges } = data;
  // The handles stand in the middle of the sides; the skip begins and ends half a block further in.
  const [from, to] = [sourceX - NODE_WIDTH / 2, targetX + NODE_WIDTH / 2];
  const [top, end] = [sourceY + edges.source, targetY + edges.target];
  const bottom = Math.max(level, top + CORNER, end + CORNER);
  const way = to < from ? -1 : 1;
  const path = [
    `M${from} ${top} V${bottom - CORNER} Q${from} ${bottom} ${from + way * CORNER} ${bottom}`,
    `H${to - way * CORNER} Q${to} ${bottom} ${to} ${bottom - CORNER} V${end}`,
  ].join(' ');
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
      <path className={styles.arrow} d={`M${to - 4} ${end + 9} L${to} ${end + 1} L${to + 4} ${end + 9}`} />
      <EdgeLabelRenderer>
        <div
          className={styles.shape}
          data-wire={id}
          style={{ transform: `translate(-50%, -50%) translate(${(from + to) / 2}px, ${bottom}px)` }}
        >
          {wire.skip === 'add' ? '+' : 'concat'} {wire.shape ? formatShape(wire.shape) : ''}
        </div>
      </EdgeLabelRenderer>
    </>
  );
});
