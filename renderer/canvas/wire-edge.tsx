import { BaseEdge, EdgeLabelRenderer, type EdgeProps, useStore } from '@xyflow/react';
import { memo } from 'react';
import { formatShape } from '../../shared/tensors/shape';
import { useCut } from './cut-wires';
import { useDropTarget } from './drop-target';
import type { WireFlowEdge } from './flow-elements';
import styles from './wire-edge.module.css';
import { isTooShort, uprightPlace, wirePath } from './wire-path';
import { useBlockForm } from './zoom-level';

/** A wire with the shape of what flows along it. Wires of the decoder follow from the encoder's and are dashed. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<WireFlowEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, data, selected } = props;
  const over = useDropTarget((state) =>
    state.wireId === id ? (state.refused ? 'refused' : 'target') : null,
  );
  const isCut = useCut((state) => state.wireIds.includes(id));
  const level = data?.level ?? null;
  const ends = { sourceX, sourceY, targetX, targetY };
  const { path, labelX, labelY } = wirePath(ends, level);
  const wire = data?.wire;
  const bare = useBlockForm() === 'bare';
  const words = wire?.shape ? formatShape(wire.shape) : '';
  const isUpright = useStore(({ transform: [, , zoom] }) => level === null && isTooShort(ends, words, zoom));
  const upright = uprightPlace(ends, wire?.shape ?? null, data?.lone ?? null);
  const hang = upright.below ? 'translate(-100%, -50%) translate(-8px, 0)' : 'translate(8px, -50%)';
  const place = isUpright
    ? `translate(${upright.x}px, ${upright.y}px) rotate(-90deg) ${hang}`
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
          <div className={styles.shape} data-wire={id} data-upright={isUpright} style={{ transform: place }}>
            {words}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
