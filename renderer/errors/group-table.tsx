import { shareAbove } from '../../shared/anomalies/roc';
import { measures } from '../../shared/measures/catalogue';
import { formatError, formatMeasure } from '../run/format';
import { t } from '../strings/strings';
import type { ErrorGroup } from './error-groups';
import styles from './errors-panel.module.css';
import { toggleGroup, useErrors } from './errors-store';
import { formatShare } from './format-share';
import { GroupSwatch } from './group-look';

/** What was measured: how many samples, their mean error, and how many of them the cut-off calls anomalous. */
export function GroupTable() {
  const groups = useErrors((state) => state.groups);
  const hidden = useErrors((state) => state.hidden);
  const cutOff = useErrors((state) => state.cutOff);
  return (
    <table className={styles.groups} aria-label={t('errors.groups.label')}>
      <thead>
        <tr>
          <th scope="col">{t('errors.groups.samples')}</th>
          <th scope="col">
            <span className={styles.unseen}>{t('errors.groups.number')}</span>
          </th>
          <th scope="col" title={t('errors.groups.mseHelp')}>
            {t('errors.groups.mse')}
          </th>
          <th scope="col" title={t('errors.groups.flaggedHelp')}>
            {t('errors.groups.flagged')}
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group.name} data-hidden={hidden.includes(group.name)}>
            <th scope="row">
              <button
                type="button"
                className={styles.groupName}
                aria-pressed={!hidden.includes(group.name)}
                title={t('errors.groups.help', {
                  label: group.label,
                  help: group.help,
                  measures: measuresOf(group),
                })}
                onClick={() => toggleGroup(group.name)}
              >
                <GroupSwatch name={group.name} />
                <span className={styles.groupLabel}>{group.label}</span>
              </button>
            </th>
            <td>{group.errors.length.toLocaleString('en')}</td>
            <td>{formatError(group.metrics.mse)}</td>
            <td>{formatShare(shareAbove(group.errors, cutOff))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function measuresOf({ metrics }: ErrorGroup): string {
  return measures
    .filter(({ type }) => metrics.measures[type] !== undefined)
    .map(({ type, brief, unit }) => `${brief} ${formatMeasure(metrics.measures[type], unit)} ${unit}`.trim())
    .join(', ');
}
