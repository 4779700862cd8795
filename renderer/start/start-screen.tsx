import { Button, Checkbox } from '@mantine/core';
import { Compass, FilePlus2, FolderOpen, Network } from 'lucide-react';
import { useEffect } from 'react';
import { isModalOpen } from '../app/dialog-store';
import iconUrl from '../app/icon.svg';
import { shownKeys, useKeys } from '../app/keys';
import { newEmpty, newStack, openFile, openPath } from '../files/file-actions';
import { askForOfferedFiles, menuName, useOfferedFiles } from '../files/offered-files';
import { folderOf } from '../files/paths';
import { changeSettings, useSettings } from '../settings/settings-store';
import { useDocument } from '../state/document-store';
import { useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { TemplateCards } from '../templates/template-gallery';
import { startTour } from '../tour/tour-store';
import styles from './start-screen.module.css';
import { hideStart } from './start-store';

/** What to begin with: a drawing of one's own, a template, a new one, or the tour. */
export function StartScreen() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isModalOpen()) return;
      const target = event.target instanceof Element ? event.target : null;
      if (!target?.closest('[role="menu"], [role="menubar"], [role="dialog"]')) hideStart();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <main className={styles.screen} aria-label={t('start.title')}>
      <div className={styles.columns}>
        <div className={styles.side}>
          <Head />
          <Begin />
          <Recent />
          <Foot />
        </div>
        <section className={styles.templates} aria-labelledby="start-templates">
          <h2 className={styles.title} id="start-templates">
            {t('start.templates')}
          </h2>
          <TemplateCards />
        </section>
      </div>
    </main>
  );
}

function Head() {
  return (
    <div className={styles.head}>
      <img className={styles.mark} src={iconUrl} alt="" />
      <div>
        <h1 className={styles.name}>Hourglass</h1>
        <p className={styles.soft}>{t('start.sentence')}</p>
      </div>
    </div>
  );
}

function Begin() {
  useKeys();
  const items = [
    { label: t('start.empty'), icon: FilePlus2, run: () => void newEmpty(), keys: '' },
    { label: t('start.small'), icon: Network, run: () => void newStack(), keys: '' },
    {
      label: t('commands.file.open'),
      icon: FolderOpen,
      run: () => void openFile(),
      keys: shownKeys('file.open'),
    },
    { label: t('commands.help.tour'), icon: Compass, run: startTour, keys: '' },
  ];
  return (
    <section aria-labelledby="start-begin">
      <h2 className={styles.title} id="start-begin">
        {t('start.begin')}
      </h2>
      {items.map(({ label, icon: Icon, run, keys }) => (
        <button key={label} type="button" className={styles.item} onClick={run}>
          <Icon size={15} aria-hidden />
          <span className={styles.label}>{label}</span>
          {keys !== '' && <kbd className={styles.keys}>{keys}</kbd>}
        </button>
      ))}
    </section>
  );
}

function Recent() {
  const connected = useSession((state) => state.host !== null);
  const recent = useOfferedFiles((state) => state.recent);
  useEffect(() => {
    if (connected) void askForOfferedFiles();
  }, [connected]);
  return (
    <section className={styles.recent} aria-labelledby="start-recent">
      <h2 className={styles.title} id="start-recent">
        {t('start.recent')}
      </h2>
      {recent.length === 0 && <p className={styles.soft}>{t('start.noRecent')}</p>}
      <div className={styles.files}>
        {recent.map((path) => (
          <button
            key={path}
            type="button"
            className={styles.file}
            title={path}
            onClick={() => void openPath(path)}
          >
            <span className={styles.fileName}>{menuName(path)}</span>
            <span className={styles.folder}>{folderOf(path)}</span>
          </button>
        ))}
      </div>
    </section>
  );
}

function Foot() {
  const shown = useSettings((state) => state.settings.startScreen);
  const name = useDocument((state) => state.history.present.name);
  return (
    <div className={styles.foot}>
      <Checkbox
        label={t('start.showAgain')}
        checked={shown}
        onChange={(event) => void changeSettings({ startScreen: event.currentTarget.checked })}
      />
      <Button size="xs" variant="default" onClick={hideStart} title={t('start.leaveKeys')}>
        {t('start.leave', { name })}
      </Button>
    </div>
  );
}
