import { useMemo } from 'react';
import { type LabelledErrors, ratesAt, rocOf } from '../../shared/anomalies/roc';
import { t } from '../strings/strings';
import { RocTable } from './chart-tables';
import styles from './errors-panel.module.css';
import { useErrors } from './errors-store';
import { formatShare } from './format-share';

const SIZE = 150;
const MARGIN = { left: 38, right: 10, top: 8, bottom: 32 } as const;

/** True against false positive rate for every cut-off there is, and where the present one is. */
export function RocCurve({ errors }: { readonly errors: LabelledErrors }) {
  const cutOff = useErrors((state) => state.cutOff);
  const path = useMemo(
    () =>
      rocOf(errors)
        .map(({ falsePositiveRate, truePositiveRate }, index) => {
          const [x, y] = [SIZE * falsePositiveRate, SIZE * (1 - truePositiveRate)];
          return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
        })
        .join(''),
    [errors],
  );
  const { falsePositiveRate, truePositiveRate } = ratesAt(errors, cutOff);
  const [x, y] = [SIZE * falsePositiveRate, SIZE * (1 - truePositiveRate)];
  return (
    <>
      <RocTable errors={errors} />
      <svg
        className={styles.roc}
        width={SIZE + MARGIN.left + MARGIN.right}
        height={SIZE + MARGIN.top + MARGIN.bottom}
        role="img"
        aria-label={t('errors.roc.label', {
          found: formatShare(truePositiveRate),
          flagged: formatShare(falsePositiveRate),
        })}
      >
        <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
          <g className={styles.axes}>
            {[0, 0.5, 1].map((share) => (
              <g key={share}>
                <line x1={share * SIZE + 0.5} x2={share * SIZE + 0.5} y2={SIZE} />
                <line y1={share * SIZE + 0.5} y2={share * SIZE + 0.5} x2={SIZE} />
                <text x={share * SIZE} y={SIZE + 13} textAnchor="middle">
                  {share}
                </text>
                <text x={-5} y={(1 - share) * SIZE + 3} textAnchor="end">
                  {share}
                </text>
              </g>
            ))}
            <line y1={SIZE} x2={SIZE} data-chance />
            <text x={SIZE / 2} y={SIZE + 28} textAnchor="middle">
              {t('errors.roc.falsePositives')}
            </text>
            <text transform={`translate(-26 ${SIZE / 2}) rotate(-90)`} textAnchor="middle">
              {t('errors.roc.truePositives')}
            </text>
          </g>
          <path d={path} className={styles.rocLine} />
          <path d={`M${x} ${SIZE}V${y}H0`} className={styles.rocGuide} />
          <circle cx={x} cy={y} r={4} className={styles.rocPoint} />
        </g>
      </svg>
    </>
  );
}
