import { Button } from '@mantine/core';
import { FolderOpen } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { KeptRun } from '../../shared/ipc/contract';
import { formatError } from '../run/format';
import { shortDate } from '../runs/run-columns';
import { nameOfRun } from '../runs/run-name';
import { useRuns } from '../runs/runs-store';
import { t } from '../strings/strings';
import { lookAtRun, lookElsewhere, useLoadWeights } from './load-weights-store';
import { ModelPicture } from './model-picture';
import styles from './weights.module.css';

/** The models there are: kept runs with weights, and whatever lies elsewhere. */
export function ModelList() {
  const listed = useRuns((state) => state.listed);
  const source = useLoadWeights((state) => state.source);
  const runs = listed?.runs ?? [];
  const chosen = source && 'run' in source.from ? source.from.run : null;
  const at = runs.findIndex(({ id }) => id === chosen);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const next = by === 0 ? undefined : runs[Math.max(0, Math.min(runs.length - 1, at + by))];
    if (!next) return;
    event.preventDefault();
    void lookAtRun(next.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-run="${next.id}"]`)?.focus();
  };
  return (
    <section className={styles.models} aria-label={t('weights.models')}>
      <div
        className={styles.list}
        role="radiogroup"
        aria-label={t('weights.models')}
        tabIndex={-1}
        onKeyDown={onKeyDown}
      >
        {runs.map((run, place) => (
          <Model
            key={run.id}
            run={run}
            chosen={run.id === chosen}
            reachable={run.id === chosen || (at < 0 && place === 0)}
          />
        ))}
        {runs.length === 0 && <p className={styles.note}>{t('weights.noRuns')}</p>}
      </div>
      {chosen !== null && <ModelPicture key={chosen} id={chosen} />}
      <Button
        variant="default"
        size="xs"
        leftSection={<FolderOpen size={13} />}
        onClick={() => void lookElsewhere(t('weights.elsewhereTitle'))}
      >
        {t('weights.elsewhere')}
      </Button>
    </section>
  );
}

interface ModelProps {
  readonly run: KeptRun;
  readonly chosen: boolean;
  /** Whether Tab comes here. */
  readonly reachable: boolean;
}

function Model({ run, chosen, reachable }: ModelProps) {
  const { data, codeSize, mse, ended } = run;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of text with a press of its own, not a form's dot
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      className={styles.model}
      data-run={run.id}
      tabIndex={reachable ? 0 : -1}
      onClick={() => void lookAtRun(run.id)}
    >
      <span className={styles.name}>{nameOfRun(run)}</span>
      <span className={styles.when}>{shortDate(new Date(ended), new Date())}</span>
      <span className={styles.data}>{data.name}</span>
      <span className={styles.facts}>
        {t('weights.facts', { size: codeSize, error: formatError(mse.validation ?? mse.test) })}
      </span>
    </button>
  );
}
