import { Button, Group } from '@mantine/core';
import panel from '../app/panel.module.css';
import { FixButtons } from '../problems/fix-buttons';
import { useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import { useRefused } from './refused-start';
import { startRun } from './run-actions';
import styles from './run-panel.module.css';

/** Why the drawing was not trained where memory does not do, and what can be done: less of it or, where it may fit, all the same. */
export function MemoryRefusal() {
  const { document, problem } = useRefused();
  const drawing = useDocument((state) => state.history.present);
  if (!problem || document !== drawing) return null;
  return (
    <section className={`${panel.failure} ${styles.failure}`} aria-label={t('run.refused')} role="alert">
      <p>{problem.message}</p>
      <p>{problem.hint}</p>
      <Group gap={4} mt={6}>
        <FixButtons problem={problem} />
        {problem.code === 'MEMORY_SHORT' && (
          <Button variant="default" size="compact-xs" onClick={() => void startRun({ anyway: true })}>
            {t('run.startAnyway')}
          </Button>
        )}
      </Group>
    </section>
  );
}
