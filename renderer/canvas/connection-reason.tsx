import { useConnection, useStore, useViewport, ViewportPortal } from '@xyflow/react';
import { t } from '../strings/strings';
import styles from './canvas.module.css';
import { refusalOf } from './wiring-rules';

/** Pixels a reason may take up beside the pointer. */
const ROOM = 320;

const BACKWARDS = {
  message: t('canvas.backwards'),
  hint: t('canvas.backwardsHint'),
};

/** Says beside the pointer why the wire in the hand can't end where it is. */
export function ConnectionReason() {
  const connection = useConnection();
  const { x, zoom } = useViewport();
  const width = useStore((state) => state.width);
  // Far from a handle, over a block's body, React Flow leaves open whether it is valid.
  if (!connection.inProgress || connection.isValid || !connection.toHandle || !connection.toNode) return null;
  const { fromHandle, toHandle } = connection;
  if (fromHandle.nodeId === toHandle.nodeId) return null;
  const refusal = fromHandle.type === toHandle.type ? BACKWARDS : refusalOf(fromHandle, connection.toNode.id);
  if (!refusal) return null;
  const aside = connection.to.x * zoom + x + ROOM > width ? 'calc(-100% - 14px)' : '14px';
  return (
    <ViewportPortal>
      <div
        className={styles.reason}
        role="alert"
        style={{
          transform: `translate(${connection.to.x}px, ${connection.to.y}px) scale(${1 / zoom}) translate(${aside}, 14px)`,
        }}
      >
        <p>{refusal.message}</p>
        <p>{refusal.hint}</p>
      </div>
    </ViewportPortal>
  );
}
