import { Button } from '@mantine/core';
import { showTab } from '../app/layout-store';
import { compareWithFiles } from '../errors/compare-with-files';
import { t } from '../strings/strings';
import styles from './run-panel.module.css';

/** For samples that are no pictures: a file of one's own, measured and shown by the Errors panel. */
export function OwnFile({ completed }: { readonly completed: boolean }) {
  return (
    <section className={styles.own} aria-label={t('run.own.file')}>
      <div className={styles.ownText}>{completed ? t('run.own.tryFile') : t('run.own.fileLater')}</div>
      <Button
        variant="default"
        disabled={!completed}
        onClick={() => {
          showTab('errors');
          void compareWithFiles();
        }}
      >
        {t('run.own.choose')}
      </Button>
    </section>
  );
}
