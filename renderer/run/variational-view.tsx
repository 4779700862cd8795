import { UnseenTable } from '../app/unseen-table';
import { SampleView } from '../data/sample-view';
import { t } from '../strings/strings';
import type { RunView } from './run-record';
import styles from './variational-view.module.css';

/** Below this many nats a value of the code tells the decoder next to nothing. */
const UNUSED = 0.01;

/** Of a variational code: samples drawn from the standard normal, and how much each value of the code is put to use. */
export function VariationalView({ view }: { readonly view: RunView | null }) {
  const drawn = view?.reconstructions?.drawn;
  const divergence = view?.epochs.at(-1)?.validation?.divergence;
  return (
    <>
      {drawn && (
        <section aria-label={t('run.variational.drawnLabel')}>
          <div className={styles.head}>{t('run.variational.drawn')}</div>
          <div className={styles.drawn}>
            {Array.from({ length: drawn.count }, (_, index) => (
              <SampleView
                // biome-ignore lint/suspicious/noArrayIndexKey: each place always shows the same random code.
                key={index}
                pixels={drawn.pixels}
                shape={drawn.shape}
                index={index}
                label={t('run.variational.drawnOne', { number: index + 1 })}
              />
            ))}
          </div>
        </section>
      )}
      {divergence && <Divergence values={divergence} />}
    </>
  );
}

function Divergence({ values }: { readonly values: readonly number[] }) {
  const sum = values.reduce((total, value) => total + value, 0);
  const most = Math.max(...values, UNUSED);
  const used = values.filter((value) => value >= UNUSED).length;
  const sorted = values.map((value, index) => ({ value, index })).sort((a, b) => b.value - a.value);
  return (
    <section aria-label={t('run.variational.divergence')}>
      <div className={styles.head}>
        {t('run.variational.kl', { sum: sum.toFixed(2), used, all: values.length })}
      </div>
      <div className={styles.bars} role="img" aria-label={t('run.variational.klEach')}>
        {sorted.map(({ value, index }) => (
          <span
            key={index}
            className={styles.bar}
            style={{ height: `${(100 * value) / most}%` }}
            title={t('run.variational.klOne', { number: index + 1, nats: value.toFixed(3) })}
          />
        ))}
      </div>
      <UnseenTable
        caption={t('run.variational.klEach')}
        columns={[t('run.variational.value'), t('run.variational.nats')]}
        rows={sorted.map(({ value, index }) => [String(index + 1), value.toFixed(3)])}
      />
    </section>
  );
}
