import { formatError, formatSigned } from '../run/format';
import { t } from '../strings/strings';
import { classLabels } from './cloud';
import styles from './code-panel.module.css';
import { labelCounts, nameOf } from './map-legend';
import { type ShownMap, useMap } from './map-store';

/** The map for those who can't see it: where the middle of each class lies, and how far it spreads. */
export function MapTable() {
  const shown = useMap((state) => state.shown);
  if (!shown) return null;
  const labels = classLabels(shown.cloud);
  const counts = labelCounts(shown.cloud);
  const rows = labels.length > 0 ? labels : [null];
  return (
    <table className={styles.unseen}>
      <caption>{t('codes.table.name')}</caption>
      <thead>
        <tr>
          {(['label', 'samples', 'across', 'up', 'spread'] as const).map((head) => (
            <th key={head} scope="col">
              {t(`codes.table.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((label) => {
          const { x, y, spread } = middleOf(shown, label);
          return (
            <tr key={label}>
              <th scope="row">{label === null ? t('codes.table.all') : nameOf(shown.cloud, label)}</th>
              <td>{label === null ? shown.cloud.count : counts.get(label)}</td>
              <td>{formatSigned(x)}</td>
              <td>{formatSigned(y)}</td>
              <td>{formatError(spread)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function middleOf({ points, cloud }: ShownMap, label: number | null) {
  let [x, y, squares, count] = [0, 0, 0, 0];
  for (let place = 0; place < cloud.count; place += 1) {
    if (label !== null && cloud.labels?.[place] !== label) continue;
    const [px, py] = [points[2 * place] ?? Number.NaN, points[2 * place + 1] ?? Number.NaN];
    if (!Number.isFinite(px)) continue;
    x += px;
    y += py;
    squares += px * px + py * py;
    count += 1;
  }
  x /= count;
  y /= count;
  return { x, y, spread: Math.sqrt(Math.max(0, squares / count - x * x - y * y)) };
}
