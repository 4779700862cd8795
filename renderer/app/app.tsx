import { useEffect } from 'react';
import { Canvas } from '../canvas/canvas';
import { takeClipboardEvents } from '../clipboard/clipboard-events';
import { keepCodesOfEndedRuns } from '../codes/code-health-store';
import { CodePanel } from '../codes/code-panel';
import { DataPanel } from '../data/data-panel';
import { keepDataLoaded } from '../data/data-store';
import { ErrorsPanel } from '../errors/errors-panel';
import { ExportDialog } from '../export/export-dialog';
import { BackupsDialog } from '../files/backups-dialog';
import { ChoiceDialog } from '../files/choice-dialog';
import { takeDroppedFiles } from '../files/dropped-files';
import { FileBrowser } from '../files/file-browser';
import { keepOpen, openAgain } from '../files/open-again';
import { keepDraft, offerDraft } from '../files/recovery-draft';
import { GlossaryDialog } from '../glossary/glossary-dialog';
import { Inspector } from '../inspector/inspector';
import { LayersPanel } from '../layers/layers-panel';
import { keepLooks } from '../layers/looks-store';
import { ImportDialog } from '../models/import-dialog';
import { Palette } from '../palette/palette';
import { useProblems } from '../problems/problems';
import { ProblemsPanel } from '../problems/problems-panel';
import { RunPanel } from '../run/run-panel';
import { CompareDialog } from '../runs/compare-dialog';
import { RunsPanel } from '../runs/runs-panel';
import { followMotion } from '../settings/motion';
import { SettingsDialog } from '../settings/settings-dialog';
import { followSettings } from '../settings/settings-store';
import { takeLinks } from '../share/incoming-links';
import { SaveModelDialog } from '../share/save-model-dialog';
import { ShareDialog } from '../share/share-dialog';
import { StartScreen } from '../start/start-screen';
import { keepStart, useStart } from '../start/start-store';
import { t } from '../strings/strings';
import { TemplateGallery } from '../templates/template-gallery';
import { WindowTour } from '../tour/tour';
import { LoadWeightsDialog } from '../weights/load-weights-dialog';
import { AboutDialog } from './about-dialog';
import styles from './app.module.css';
import { CommandPalette } from './command-palette';
import { EngineBanner } from './engine-banner';
import { type DockTab, showTab, useLayout } from './layout-store';
import { MessageList } from './message-list';
import { ResizeHandle } from './resize-handle';
import { startSession } from './session';
import { followShell } from './shell-requests';
import { useShortcuts } from './shortcuts';
import { ShortcutsSheet } from './shortcuts-sheet';
import { StatusBar } from './status-bar';
import { keepSystemMenus } from './system-menus';
import { TitleBar } from './title-bar';

/** The window: title bar, palette, canvas over the dock, inspector, status bar. */
export function App() {
  useShortcuts();
  useEffect(() => {
    openAgain();
    let isOver = false;
    const ends = [
      startSession(),
      followSettings(),
      followMotion(),
      keepDataLoaded(),
      keepCodesOfEndedRuns(),
      keepDraft(),
      keepOpen(),
      keepLooks(),
      takeDroppedFiles(),
      takeClipboardEvents(),
      keepSystemMenus(),
      followShell(),
      keepStart(),
    ];
    // What was left unsaved is offered first, so that a link does not take its place unasked.
    void offerDraft().then(() => {
      if (!isOver) ends.push(takeLinks());
    });
    return () => {
      isOver = true;
      for (const end of ends) end();
    };
  }, []);

  const screen = useStart((state) => state.screen);
  return (
    <div className={styles.window}>
      <TitleBar />
      <EngineBanner />
      {screen === 'shown' ? (
        <StartScreen />
      ) : screen === 'hidden' ? (
        <Body />
      ) : (
        <div className={styles.body} />
      )}
      <StatusBar />
      <MessageList />
      <ExportDialog />
      <CompareDialog />
      <FileBrowser />
      <AboutDialog />
      <ShortcutsSheet />
      <SettingsDialog />
      <GlossaryDialog />
      <BackupsDialog />
      <ImportDialog />
      <LoadWeightsDialog />
      <CommandPalette />
      <WindowTour />
      <TemplateGallery />
      <SaveModelDialog />
      <ShareDialog />
      <ChoiceDialog />
    </div>
  );
}

/** Palette, canvas over the dock, and inspector. */
function Body() {
  const open = useLayout((state) => state.open);
  const size = useLayout((state) => state.size);
  const columns = [
    open.palette ? `${size.palette}px 1px` : '',
    'minmax(0, 1fr)',
    open.inspector ? `1px ${size.inspector}px` : '',
  ].join(' ');
  return (
    <div className={styles.body} style={{ gridTemplateColumns: columns }}>
      {open.palette && (
        <>
          <nav className={styles.pane} aria-label={t('app.palette')}>
            <Palette />
          </nav>
          <ResizeHandle panel="palette" label={t('app.paletteWidth')} sign={1} />
        </>
      )}
      <div
        className={styles.centre}
        style={{ gridTemplateRows: open.dock ? `minmax(0, 1fr) 1px ${size.dock}px` : 'minmax(0, 1fr)' }}
      >
        <main className={styles.canvas} aria-label={t('app.drawing')}>
          <Canvas />
        </main>
        {open.dock && (
          <>
            <ResizeHandle panel="dock" label={t('app.dockHeight')} sign={-1} />
            <Dock />
          </>
        )}
      </div>
      {open.inspector && (
        <>
          <ResizeHandle panel="inspector" label={t('app.inspectorWidth')} sign={-1} />
          <aside className={`${styles.pane} ${styles.inspector}`} aria-label={t('app.inspector')}>
            <Inspector />
          </aside>
        </>
      )}
    </div>
  );
}

const TABS: readonly DockTab[] = ['run', 'runs', 'errors', 'layers', 'code', 'data', 'problems'];

function Dock() {
  const tab = useLayout((state) => state.tab);
  const problems = useProblems();
  const worst = problems.some((problem) => problem.severity === 'error') ? 'error' : 'warning';
  return (
    <section className={`${styles.pane} ${styles.dock}`} aria-label={t('app.dock')}>
      <div className={styles.tabs} role="tablist" aria-label={t('app.panels')}>
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={tab === name}
            aria-controls="dock-content"
            tabIndex={tab === name ? 0 : -1}
            className={styles.tab}
            onClick={() => showTab(name)}
            onKeyDown={(event) => {
              const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
              if (step === 0) return;
              const next = TABS[(TABS.indexOf(name) + step + TABS.length) % TABS.length];
              if (!next) return;
              showTab(next);
              document.getElementById(`tab-${next}`)?.focus();
            }}
          >
            {t(`app.tabs.${name}`)}
            {name === 'problems' && problems.length > 0 && (
              <span className={styles.count} data-severity={worst}>
                {problems.length}
              </span>
            )}
          </button>
        ))}
      </div>
      <div className={styles.content} id="dock-content" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'run' && <RunPanel />}
        {tab === 'runs' && <RunsPanel />}
        {tab === 'errors' && <ErrorsPanel />}
        {tab === 'layers' && <LayersPanel />}
        {tab === 'code' && <CodePanel />}
        {tab === 'data' && <DataPanel />}
        {tab === 'problems' && <ProblemsPanel />}
      </div>
    </section>
  );
}
