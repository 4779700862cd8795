import { Button } from '@mantine/core';
import type { Group } from '../../shared/document/groups';
import { collapsedDrawing } from '../../shared/plan/collapse';
import { displayName } from '../../shared/plan/display-names';
import { formatShape } from '../../shared/tensors/shape';
import { collapseGroup, ungroupSelection } from '../canvas/groups';
import { select, useDocument } from '../state/document-store';
import { shownDrawing } from '../state/drawing';
import { t } from '../strings/strings';
import { Fact, Section } from './field';
import styles from './inspector.module.css';

/** What a group holds, takes and gives, whether it is collapsed or not. */
export function GroupFields({ group, nodeId }: { readonly group: Group; readonly nodeId: string }) {
  const document = useDocument((state) => state.history.present);
  const closed = { ...document, groups: [{ ...group, collapsed: true }] };
  const node = collapsedDrawing(closed, shownDrawing(document)).nodes.find(({ id }) => id === nodeId);
  return (
    <>
      <Section title={t('groups.blocks')}>
        <p className={styles.text}>
          {group.blocks.map((id, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <button
                type="button"
                className={styles.link}
                onClick={() => {
                  if (group.collapsed) collapseGroup(group.id, false);
                  select([id]);
                }}
              >
                {displayName(document, id)}
              </button>
            </span>
          ))}
        </p>
        <Fact label={t('groups.takes')}>{node?.inputShape ? formatShape(node.inputShape) : '–'}</Fact>
        <Fact label={t('groups.gives')}>{node?.outputShape ? formatShape(node.outputShape) : '–'}</Fact>
        <Fact label={t('groups.parameters')}>{(node?.parameterCount ?? 0).toLocaleString('en')}</Fact>
      </Section>
      <p className={styles.text}>
        <Button variant="default" mr={6} onClick={() => collapseGroup(nodeId, !group.collapsed)}>
          {group.collapsed ? t('groups.open') : t('groups.collapse')}
        </Button>
        <Button variant="default" onClick={ungroupSelection}>
          {t('groups.ungroup')}
        </Button>
      </p>
    </>
  );
}
