import { shareAbove } from '../../shared/anomalies/roc';
import { measures } from '../../shared/measures/catalogue';
import { formatError, formatMeasure } from '../run/format';
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
    <table className={styles.groups} aria-label="Groups of samples">
      <thead>
        <tr>
          <th scope="col">Samples</th>
          <th scope="col">
            <span className={styles.unseen}>How many</span>
          </th>
          <th scope="col" title="The mean squared error of all of them">
            MSE
          </th>
          <th scope="col" title="The share whose error is above the cut-off">
            Flagged
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
                title={`${group.label}. ${group.help} ${measuresOf(group)}. Press to show or hide them in the chart.`}
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
