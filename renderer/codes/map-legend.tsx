import { Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import { t } from '../strings/strings';
import { formPath, lookOfClass } from './class-look';
import { type Cloud, classLabels } from './cloud';
import styles from './code-panel.module.css';
import { toggleLabel, useMap } from './map-store';

/** What a class looks like in the map. */
export function ClassMark({ index }: { readonly index: number }) {
  const { colour, form } = lookOfClass(index);
  return (
    <svg width={11} height={11} viewBox="0 0 16 16" aria-hidden="true">
      <path d={formPath(form)} fill={`var(${colour})`} fillRule="evenodd" />
    </svg>
  );
}

/** How many samples of each label there are among these places; all of them where none are named. */
export function labelCounts({ labels }: Cloud, places?: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  const add = (label: number) => counts.set(label, (counts.get(label) ?? 0) + 1);
  if (labels && places) for (const place of places) add(labels[place] ?? -1);
  else for (const label of labels ?? []) add(label);
  return counts;
}

/** The labels with their marks; pressing one hides its samples. */
export function MapLegend({ cloud }: { readonly cloud: Cloud }) {
  const hidden = useMap((state) => state.hidden);
  const labels = useMemo(() => classLabels(cloud), [cloud]);
  const counts = useMemo(() => labelCounts(cloud), [cloud]);
  return (
    <section className={styles.legend} aria-label={t('codes.legend.name')}>
      <div className={styles.classes}>
        {labels.map((label, index) => (
          <button
            key={label}
            type="button"
            className={styles.class}
            aria-pressed={!hidden.includes(label)}
            title={t('codes.legend.toggle')}
            onClick={() => toggleLabel(label)}
          >
            <ClassMark index={index} />
            <span className={styles.className}>{nameOf(cloud, label)}</span>
            <span className={styles.count}>{counts.get(label)}</span>
          </button>
        ))}
      </div>
      <Tooltip label={t('codes.legend.offWhy')}>
        <div className={styles.key}>
          <span className={styles.hatch} />
          <span>{t('codes.legend.off')}</span>
        </div>
      </Tooltip>
    </section>
  );
}

export function nameOf({ labelNames }: Pick<Cloud, 'labelNames'>, label: number): string {
  return label < 0 ? t('codes.legend.unlabelled') : (labelNames?.[label] ?? String(label));
}
