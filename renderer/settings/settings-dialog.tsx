import { Modal, Tabs } from '@mantine/core';
import { closeDialog, useDialog } from '../app/dialog-store';
import { t } from '../strings/strings';
import { EngineSettings } from './engine-settings';
import { FileSettings } from './file-settings';
import { KeySettings } from './key-settings';
import { LookSettings } from './look-settings';
import styles from './settings-dialog.module.css';

const PAGES = [
  { name: 'engine', label: t('settings.engine.title'), Page: EngineSettings },
  { name: 'files', label: t('settings.files.title'), Page: FileSettings },
  { name: 'looks', label: t('settings.looks.title'), Page: LookSettings },
  { name: 'keys', label: t('settings.keys.title'), Page: KeySettings },
] as const;

/** What the user chooses for this machine. Every change counts at once, or says from when on. */
export function SettingsDialog() {
  const { open, place } = useDialog();
  return (
    <Modal
      opened={open === 'settings'}
      onClose={closeDialog}
      title={t('settings.title')}
      size={760}
      centered
      transitionProps={{ duration: 0 }}
    >
      <Tabs
        defaultValue={place ?? 'engine'}
        orientation="vertical"
        keepMounted={false}
        className={styles.pages}
        aria-label={t('settings.title')}
      >
        <Tabs.List className={styles.list}>
          {PAGES.map(({ name, label }) => (
            <Tabs.Tab
              key={name}
              value={name}
              className={styles.tab}
              data-autofocus={name === (place ?? 'engine') || undefined}
            >
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {PAGES.map(({ name, Page }) => (
          <Tabs.Panel key={name} value={name} className={styles.page}>
            <Page />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Modal>
  );
}
