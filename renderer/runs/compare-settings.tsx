import { Switch } from '@mantine/core';
import { useMemo, useState } from 'react';
import { comparedSettings } from '../../shared/document/compare-settings';
import { t } from '../strings/strings';
import styles from './compare.module.css';
import type { ComparedDesign } from './compare-store';
import { LetteredHeads } from './lettered-heads';

/** The settings of some runs side by side: only what differs, unless all are wanted. */
export function CompareSettings({ designs }: { readonly designs: readonly ComparedDesign[] }) {
  const [all, setAll] = useState(false);
  const settings = useMemo(() => comparedSettings(designs.map(({ document }) => document)), [designs]);
  const rows = all ? settings : settings.filter(({ differs }) => differs);
  return (
    <section className={styles.wide} aria-label={t('compare.settings')}>
      <div className={styles.head}>
        <h3 className={styles.title}>{t('compare.settings')}</h3>
        <Switch
          ml="auto"
          label={t('compare.onlyDifferences')}
          checked={!all}
          onChange={(event) => setAll(!event.currentTarget.checked)}
        />
      </div>
      {rows.length === 0 ? (
        <p className={styles.note}>{t('compare.noDifferences')}</p>
      ) : (
        <div className={styles.scroller}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('compare.setting')}</th>
                <LetteredHeads designs={designs} />
              </tr>
            </thead>
            <tbody>
              {rows.map(({ group, label, values, differs }) => (
                <tr key={`${group} ${label}`} data-differs={differs}>
                  <th scope="row">
                    <span className={styles.group}>{group}</span> {label}
                  </th>
                  {designs.map(({ letter }, index) => (
                    <td key={letter}>{values[index] ?? '–'}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
