import { Button, Modal } from '@mantine/core';
import { shell } from '../shell/own-shell';
import { messageOf, tell } from '../state/messages';
import { useSession } from '../state/session-store';
import { t } from '../strings/strings';
import styles from './about-dialog.module.css';
import { closeDialog, useDialog } from './dialog-store';
import { ENGINE_NAMES } from './engine-names';
import iconUrl from './icon.svg';

/** Which version this is, what it runs on and trains with, and where its log lies. */
export function AboutDialog() {
  const open = useDialog((state) => state.open === 'about');
  const host = useSession((state) => state.host);
  const active = useSession((state) => state.report?.active);
  const { openLogFolder } = shell;
  return (
    <Modal
      opened={open}
      onClose={closeDialog}
      title={t('about.title')}
      size={440}
      centered
      transitionProps={{ duration: 0 }}
    >
      <div className={styles.head}>
        <img className={styles.mark} src={iconUrl} alt="" />
        <div>
          <div className={styles.name}>{t('app.nameAndVersion', { version: host?.version ?? '' })}</div>
          <div className={styles.soft}>{t('about.sentence')}</div>
        </div>
      </div>
      <dl className={styles.facts} aria-label={t('about.versions')}>
        {active && (
          <>
            <dt>{t('about.engine')}</dt>
            <dd>
              {ENGINE_NAMES[active.name]} {active.version}
            </dd>
          </>
        )}
        {host?.versions.map(({ name, version }) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd>{version}</dd>
          </div>
        ))}
        <dt>{t('about.log')}</dt>
        <dd className={styles.path}>{host?.logFolder}</dd>
      </dl>
      <div className={styles.foot}>
        {openLogFolder && (
          <Button
            size="xs"
            variant="default"
            onClick={() => void openLogFolder().catch((error: unknown) => tell(messageOf(error)))}
          >
            {t('about.openLog')}
          </Button>
        )}
        <Button size="xs" data-autofocus onClick={closeDialog}>
          {t('app.close')}
        </Button>
      </div>
    </Modal>
  );
}
