import { useConnection, useViewport, ViewportPortal } from '@xyflow/react';
import styles from './canvas.module.css';
import { refusalOf } from './wiring-rules';

const BACKWARDS = {
  message: 'A wire runs from an output to an input.',
  hint: 'Drop it on the other side of the block.',
};

/** Says beside the pointer why the wire in the hand can't end where it is. */
export function ConnectionReason() {
  const connection = useConnection();
  const { zoom } = useViewport();
  if (!connection.inProgress || connection.isValid !== false || !connection.toHandle || !connection.toNode)
    return null;
  const { fromHandle, toHandle, pointer } = connection;
  if (fromHandle.nodeId === toHandle.nodeId) return null;
  const refusal = fromHandle.type === toHandle.type ? BACKWARDS : refusalOf(fromHandle, connection.toNode.id);
  if (!refusal) return null;
  return (
    <ViewportPortal>
      <div
        className={styles.reason}
        role="alert"
        style={{
          transform: `translate(${connection.to.x}px, ${connection.to.y}px) scale(${1 / zoom}) translate(14px, 14px)`,
        }}
        data-pointer={`${Math.round(pointer.x)} ${Math.round(pointer.y)}`}
      >
        <p>{refusal.message}</p>
        <p>{refusal.hint}</p>
      </div>
    </ViewportPortal>
  );
}
