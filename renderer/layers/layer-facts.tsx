import { Button, Select } from '@mantine/core';
import { EyeOff } from 'lucide-react';
import { useState } from 'react';
import type { RunLayer } from '../../shared/ipc/layer-schemas';
import { formatShape } from '../../shared/tensors/shape';
import panel from '../app/panel.module.css';
import { TermLabel } from '../glossary/term-mark';
import { t } from '../strings/strings';
import { formatShare } from './block-eye';
import { cancelExport, exportLayer, useExport } from './export-layer';
import styles from './layers-panel.module.css';
import { useLayers } from './layers-store';
import { type Silence, useLooks } from './looks-store';

interface LayerFactsProps {
  readonly layer: RunLayer;
  readonly silence: Silence | null;
}

/** A layer's figures, the units of it that are silent, and the way to have its representation as a file. */
export function LayerFacts({ layer, silence }: LayerFactsProps) {
  const share = useLooks((state) => state.blocks.get(layer.id)?.share ?? null);
  const milliseconds = useLooks((state) => state.times.get(layer.id) ?? null);
  const step = useLayers((state) => state.step);
  return (
    <section className={styles.facts} aria-label={t('layers.facts')}>
      <div className={styles.shapes}>
        {formatShape(layer.inputShape)} → {formatShape(layer.outputShape)}
      </div>
      <dl className={panel.facts}>
        <dt>
          <TermLabel label="Parameters" shown={t('layers.factParameters')} />
        </dt>
        <dd>{layer.parameterCount.toLocaleString('en')}</dd>
        {share !== null && milliseconds !== null && (
          <>
            <dt title={t('layers.shareTitle')}>{t('layers.factTime')}</dt>
            <dd title={t('layers.shareTitle')}>
              {formatShare(share)}, {Number(milliseconds.toPrecision(2))} ms
            </dd>
          </>
        )}
        {step >= 0 && (
          <>
            <dt>
              <TermLabel label="Step" shown={t('layers.factStep')} />
            </dt>
            <dd>{step.toLocaleString('en')}</dd>
          </>
        )}
      </dl>
      {silence && <Silent silence={silence} />}
      <Export layer={layer} />
    </section>
  );
}

/** Units told by number; the rest is counted. */
const NAMED = 14;

function Silent({ silence: { places: silent, units, samples } }: { readonly silence: Silence }) {
  if (silent.length === 0) {
    return <p className={styles.silentNone}>{t('layers.silentNone', { units, samples })}</p>;
  }
  const named = silent.slice(0, NAMED).map((unit) => unit + 1);
  const more = silent.length - named.length;
  return (
    <div className={styles.silentList}>
      <strong>
        <EyeOff size={12} aria-hidden="true" /> {t('layers.silentSome', { silent: silent.length, units })}
      </strong>
      <p title={t('layers.silentTitle', { silent: silent.length, units, samples })}>
        {named.join(', ')}
        {more > 0 && ` ${t('layers.andMore', { count: more })}`}
      </p>
    </div>
  );
}

type Choice = 'sample' | 'validation' | 'test' | 'train';

function Export({ layer }: { readonly layer: RunLayer }) {
  const described = useLayers((state) => state.described);
  const sample = useLayers((state) => state.sample);
  const writing = useExport((state) => state.writing);
  const [choice, setChoice] = useState<Choice>('sample');
  const groups = described?.groups ?? [];
  const choices: { value: Choice; label: string }[] = [
    { value: 'sample', label: t('layers.exportSample') },
    ...groups.map(({ group, count }) => ({
      value: group,
      label: t(`layers.export_${group}`, { samples: count.toLocaleString('en') }),
    })),
  ];
  return (
    <div className={styles.export}>
      <span className={styles.exportTitle}>{t('layers.exportOf')}</span>
      <Select
        aria-label={t('layers.exportOf')}
        data={choices}
        value={choice}
        onChange={(value) => setChoice(choices.find((each) => each.value === value)?.value ?? 'sample')}
      />
      {writing === null ? (
        <div className={styles.exportButtons}>
          {(['npy', 'csv'] as const).map((form) => (
            <Button
              key={form}
              variant="default"
              onClick={() =>
                void exportLayer(
                  layer.id,
                  choice === 'sample' ? sample : { kind: 'group', group: choice },
                  form,
                )
              }
            >
              {t(`layers.exportAs_${form}`)}
            </Button>
          ))}
        </div>
      ) : (
        <div className={styles.exportButtons}>
          <span className={styles.writing}>{t('layers.writing', { file: writing })}</span>
          <Button variant="default" onClick={cancelExport}>
            {t('layers.cancel')}
          </Button>
        </div>
      )}
    </div>
  );
}
