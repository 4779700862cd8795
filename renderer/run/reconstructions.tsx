import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Contrast, Pin } from 'lucide-react';
import { useEffect, useState } from 'react';
import { isPicture } from '../../shared/tensors/shape';
import { FilePicture } from '../models/file-picture';
import { frameOf } from '../reconstructions/film-frame';
import { FilmScrubber } from '../reconstructions/film-scrubber';
import { goLive, goToFrame, loadFilm, useFilm } from '../reconstructions/film-store';
import { FrameView } from '../reconstructions/frame-view';
import { PinDialog } from '../reconstructions/pin-dialog';
import { pin, pinsOf, watchPins } from '../reconstructions/pins';
import view from '../reconstructions/reconstructions.module.css';
import { useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import { ChartKey } from './chart-key';
import { OwnFile } from './own-file';
import { OwnPicture } from './own-picture';
import styles from './run-panel.module.css';
import { isOver, type RunView } from './run-record';
import { useRun } from './run-store';
import { VariationalView } from './variational-view';

const EMPTY = Array.from({ length: 16 }, (_, index) => `pair ${index + 1}`);

/** Validation samples and what the model makes of them, now or at any step of the run so far. */
export function Reconstructions({ view: run }: { readonly view: RunView | null }) {
  const live = run?.reconstructions ?? null;
  const { runId, film, at, difference } = useFilm();
  const trained = useRun((state) => state.document);
  const drawn = useDocument((state) => state.history.present.data.shape);
  const isOfRun = run !== null && runId === run.runId;
  const frame = isOfRun && film && at !== null ? frameOf(film, at) : live;
  const vectors = !isPicture(frame?.originals.shape ?? drawn);
  const isStarted = run?.summary != null;
  const id = run?.runId ?? '';
  const over = run !== null && isOver(run.phase);
  const updates = run?.reconstructionUpdates ?? 0;
  // A run knows nothing of what was pinned before it began.
  useEffect(() => {
    if (isStarted && id !== '' && pinsOf(trained).length > 0) void watchPins();
  }, [isStarted, id, trained]);
  // Of a run that is over the film is whole; of one that goes on it is asked for when the user reaches for it.
  useEffect(() => {
    if (over && id !== '' && updates > 0) void loadFilm(id, updates);
  }, [over, id, updates]);
  return (
    <section className={styles.pictures} aria-label={t('run.reconstructions')}>
      <div className={styles.picturesHead}>
        {vectors ? (
          <span className={styles.keys}>
            <ChartKey colour="var(--hg-encoder)">{t('run.validationSamples')}</ChartKey>
            <ChartKey colour="var(--hg-decoder)">{t('run.reconstructions')}</ChartKey>
          </span>
        ) : (
          <span>{t(frame?.seen ? 'reconstructions.headSeen' : 'reconstructions.head')}</span>
        )}
        <span data-updates={updates}>
          {frame ? t('reconstructions.atStep', { step: frame.step.toLocaleString('en') }) : ''}
        </span>
      </div>
      {live && run && (
        <div className={view.tools}>
          <FilmScrubber
            steps={isOfRun ? (film?.steps ?? []) : []}
            at={isOfRun ? at : null}
            onAt={goToFrame}
            onLive={goLive}
            onReach={() => void loadFilm(id, updates)}
          />
          <DifferenceButton />
          <PinsButton />
        </div>
      )}
      {run?.summary?.elsewhere === 'without data' ? (
        <FilePicture runId={run.runId} />
      ) : frame ? (
        <FrameView
          frame={frame}
          difference={difference}
          onPin={trained ? (place, on) => pin(trained, place, on) : undefined}
        />
      ) : (
        <div className={view.grid} data-vectors={vectors}>
          {EMPTY.map((key) => (
            <div key={key} className={view.empty} />
          ))}
        </div>
      )}
      <VariationalView view={run} />
      {(live || run?.summary?.elsewhere) && vectors ? (
        <OwnFile completed={run?.phase === 'completed'} />
      ) : (
        <OwnPicture
          runId={run && id !== '' && run.phase !== 'starting' ? id : null}
          shape={live?.originals.shape ?? (run?.summary?.elsewhere ? drawn : null)}
        />
      )}
    </section>
  );
}

/** Shows how far each sample is off, too; the same here and in kept runs. */
export function DifferenceButton() {
  const difference = useFilm((state) => state.difference);
  const label = t('reconstructions.difference');
  return (
    <Tooltip label={t('reconstructions.differenceHelp')}>
      <ActionIcon
        aria-label={label}
        aria-pressed={difference}
        variant={difference ? 'light' : 'subtle'}
        color={difference ? 'blue' : 'gray'}
        onClick={() => useFilm.setState({ difference: !difference })}
      >
        <Contrast size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

function PinsButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Tooltip label={t('reconstructions.chooseHelp')}>
        <Button variant="default" leftSection={<Pin size={11} />} onClick={() => setOpen(true)}>
          {t('reconstructions.choose')}
        </Button>
      </Tooltip>
      {open && <PinDialog onClose={() => setOpen(false)} />}
    </>
  );
}
