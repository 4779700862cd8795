import { Button, Loader, Modal } from '@mantine/core';
import type { CallResult } from '../../shared/ipc/contract';
import { useDialog } from '../app/dialog-store';
import type { Message } from '../state/messages';
import { t } from '../strings/strings';
import styles from './import-dialog.module.css';
import { endImport, useImport } from './import-store';

/** What comes of a model of another program: how far the drawing is from it and what is drawn otherwise, or what is in the way. */
export function ImportDialog() {
  const open = useDialog((state) => state.open === 'import');
  const present = useImport((state) => state.present);
  return (
    <Modal
      opened={open && present !== null}
      onClose={endImport}
      title={present && t('models.import.title', { name: present.name })}
      size={620}
      centered
      transitionProps={{ duration: 0 }}
    >
      {present?.imported && <Report {...present.imported} />}
      {present?.refusal && <Refusal problems={present.refusal} />}
      {present && !present.imported && !present.refusal && (
        <div className={styles.reading} role="status">
          <Loader size="xs" />
          {t('models.import.reading')}
        </div>
      )}
      {present && (
        <div className={styles.actions}>
          <Button size="xs" variant={present.imported ? 'filled' : 'default'} onClick={endImport}>
            {present.imported ? t('models.import.go') : t('models.import.close')}
          </Button>
        </div>
      )}
    </Modal>
  );
}

function Report({ madeBy, notes, check }: CallResult<'model.import'>) {
  const { by, samples, largestDifference, largestOutput } = check;
  const figures = { by, samples, difference: brief(largestDifference), largest: brief(largestOutput) };
  return (
    <div className={styles.scroller}>
      <p>{t('models.import.drawn', { madeBy })}</p>
      <p>{t('models.import.compared', figures)}</p>
      {notes.length > 0 && (
        <ul className={styles.list} aria-label={t('models.import.notes')}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Refusal({ problems }: { readonly problems: readonly Message[] }) {
  const hints = [...new Set(problems.map(({ hint }) => hint))].filter((hint) => hint !== undefined);
  return (
    <div className={styles.scroller} role="alert">
      <p>{t('models.import.refused')}</p>
      <ul className={styles.list}>
        {problems.map(({ message }) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
      {hints.map((hint) => (
        <p key={hint} className={styles.hint}>
          {hint}
        </p>
      ))}
    </div>
  );
}

const brief = (value: number) => String(Number(value.toPrecision(2)));
