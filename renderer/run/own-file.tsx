import { Button } from '@mantine/core';
import { showTab } from '../app/layout-store';
import { compareWithFiles } from '../errors/compare-with-files';
import styles from './run-panel.module.css';

/** For samples that are no pictures: a file of one's own, measured and shown by the Errors panel. */
export function OwnFile({ completed }: { readonly completed: boolean }) {
  return (
    <section className={styles.own} aria-label="A file of your own">
      <div className={styles.ownText}>
        {completed
          ? 'Try a file of your own: Errors shows what comes of its samples.'
          : 'Once the run is completed, try a file of your own here.'}
      </div>
      <Button
        variant="default"
        disabled={!completed}
        onClick={() => {
          showTab('errors');
          void compareWithFiles();
        }}
      >
        Choose…
      </Button>
    </section>
  );
}
