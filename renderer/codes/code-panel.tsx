import { Button, Progress, SegmentedControl } from '@mantine/core';
import { useEffect, useState } from 'react';
import { hasWeights } from '../run/run-record';
import { useRun } from '../run/run-store';
import { useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { BetweenSection } from './between-section';
import { CodeMap } from './code-map';
import styles from './code-panel.module.css';
import { followCodes, useCodes } from './code-store';
import { DimensionsSection } from './dimensions-section';
import { MapLegend } from './map-legend';
import { cancelLayout, keepMapLaidOut, useMap } from './map-store';
import { MapTable } from './map-table';
import { MapFacts, MapToolbar } from './map-toolbar';
import { SelectionSection } from './selection-section';
import { VarySection, VaryWithoutSamples } from './vary-section';

const SECTIONS = ['vary', 'selected', 'between', 'dimensions'] as const;
type Section = (typeof SECTIONS)[number];

/** The codes of samples not trained on: in a plane, and what becomes of them when they are varied, mixed and decoded. */
export function CodePanel() {
  const view = useRun((state) => state.view);
  const cloud = useCodes((state) => state.cloud);
  const failure = useCodes((state) => state.failure);
  const runId = view && view.runId !== '' && hasWeights(view) ? view.runId : null;
  const hasSamples = view?.summary?.elsewhere !== 'without data';
  const isConnected = useSession((state) => state.connection === 'open');
  useEffect(() => {
    if (runId === null || !isConnected) return;
    const ends = [followCodes(runId), ...(hasSamples ? [keepMapLaidOut()] : [])];
    return () => {
      for (const end of ends) end();
    };
  }, [runId, isConnected, hasSamples]);

  if (runId === null) return <Empty>{t('codes.none')}</Empty>;
  const isHere = cloud !== null && cloud.runId === runId;
  if (failure && !isHere) return <Empty>{[failure.message, failure.hint].filter(Boolean).join(' ')}</Empty>;
  if (!isHere) return <Empty>{t('codes.reading')}</Empty>;
  if (cloud.count === 0) return <WithoutSamples />;
  return (
    <div className={styles.panel}>
      <section className={styles.map} aria-label={t('codes.map.section')}>
        <MapToolbar cloud={cloud} />
        <div className={styles.plane}>
          <CodeMap />
          <MapFacts cloud={cloud} />
          <LayoutProgressLine />
        </div>
        <MapLegend cloud={cloud} />
        <MapTable />
      </section>
      <Side />
    </div>
  );
}

/** Of a model whose data are not here: no map, but its decoder. */
function WithoutSamples() {
  const spread = useCodes((state) => state.cloud?.deviation.some((value) => value !== 1) ?? false);
  return (
    <div className={styles.panel}>
      <section className={styles.mapless} aria-label={t('codes.map.section')}>
        <div className={styles.none}>{t(spread ? 'codes.without' : 'codes.withoutSpread')}</div>
      </section>
      <section className={styles.side} aria-label={t('codes.side.name')}>
        <div className={styles.section}>
          <VaryWithoutSamples />
        </div>
      </section>
    </div>
  );
}

function Empty({ children }: { readonly children: React.ReactNode }) {
  return <div className={styles.none}>{children}</div>;
}

/** What can be done with codes; brushing some brings their section forward. */
function Side() {
  const [section, setSection] = useState<Section>('vary');
  const selected = useMap((state) => state.selected);
  useEffect(() => {
    if (selected.length > 0) setSection('selected');
  }, [selected]);
  return (
    <section className={styles.side} aria-label={t('codes.side.name')}>
      <SegmentedControl
        fullWidth
        aria-label={t('codes.side.choice')}
        data={SECTIONS.map((value) => ({ value, label: t(`codes.side.${value}`) }))}
        value={section}
        onChange={(value) => setSection(SECTIONS.find((each) => each === value) ?? 'vary')}
      />
      <div className={styles.section}>
        {section === 'vary' && <VarySection />}
        {section === 'selected' && <SelectionSection />}
        {section === 'between' && <BetweenSection />}
        {section === 'dimensions' && <DimensionsSection />}
      </div>
    </section>
  );
}

/** How far a layout is that the engine is making, and why one could not be made. */
function LayoutProgressLine() {
  const progress = useMap((state) => state.progress);
  const failure = useMap((state) => state.failure);
  if (failure) {
    return (
      <div className={styles.progress} role="alert">
        {failure.message} {failure.hint}
      </div>
    );
  }
  if (!progress) return null;
  const share = progress.total > 0 ? (100 * progress.done) / progress.total : 0;
  return (
    <div className={styles.progress}>
      <span role="status">{t(`codes.umap.${progress.stage}`)}</span>
      <Progress className={styles.bar} size={5} value={share} aria-label={t('codes.umap.progress')} />
      <Button variant="subtle" onClick={cancelLayout}>
        {t('codes.umap.cancel')}
      </Button>
    </div>
  );
}
