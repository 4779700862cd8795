import { ActionIcon, Tooltip } from '@mantine/core';
import type { NodeProps } from '@xyflow/react';
import { Minimize2 } from 'lucide-react';
import { memo } from 'react';
import { t } from '../strings/strings';
import { FRAME_HANDLE, type FrameFlowNode } from './flow-elements';
import styles from './group-frame.module.css';
import { collapseGroup, selectGroup } from './groups';
import { RenameField, useRenaming } from './rename-field';

/** The frame around a group in one half, behind its blocks: dragged by its title, which selects all in it. */
export const GroupFrame = memo(function GroupFrame({
  id,
  data: { half },
  selected,
}: NodeProps<FrameFlowNode>) {
  const renaming = useRenaming(({ nodeId }) => nodeId === half.group.id) && half.half === 'encoder';
  return (
    <div className={styles.frame} data-half={half.half} data-selected={selected}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the node around it has the role, the focus and the keys */}
      <div
        className={`${styles.title} ${FRAME_HANDLE}`}
        onPointerDown={({ shiftKey, ctrlKey, metaKey }) =>
          !(shiftKey || ctrlKey || metaKey) && selectGroup(id)
        }
        onDoubleClick={() => useRenaming.setState({ nodeId: half.group.id })}
      >
        <span className={styles.name}>{half.name}</span>
        <Tooltip label={t('groups.collapse')}>
          <ActionIcon
            className="nodrag"
            size="xs"
            aria-label={t('groups.collapseNamed', { name: half.name })}
            onClick={() => collapseGroup(id, true)}
          >
            <Minimize2 size={12} />
          </ActionIcon>
        </Tooltip>
        {renaming && (
          <RenameField nodeId={half.group.id} name={half.group.name} placeholder={half.group.name} />
        )}
      </div>
    </div>
  );
});
