import { Checkbox } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import { activationLabel } from '../../shared/blocks/layer-parameters';
import type { Layer, Plan } from '../../shared/plan/plan';
import type { LayerStart } from '../../shared/plan/starting-weights';
import { formatShape } from '../../shared/tensors/shape';
import { t } from '../strings/strings';
import styles from './weights.module.css';

interface LayerStartsProps {
  readonly plan: Plan;
  readonly other: Plan;
  readonly starts: readonly LayerStart[];
  readonly isChosen: (layer: Layer) => boolean;
  readonly onChoose: (id: string, on: boolean) => void;
}

/** Layer by layer what a run would begin with. */
export function LayerStarts({ plan, other, starts, isChosen, onChoose }: LayerStartsProps) {
  const layers = new Map(plan.layers.map((layer) => [layer.id, layer]));
  const others = new Map(other.layers.map((layer) => [layer.id, layer]));
  return (
    <div className={styles.scroller}>
      <table className={styles.table} aria-label={t('weights.table')}>
        <thead>
          <tr>
            <th scope="col" className={styles.tick} aria-label={t('weights.columns.chosen')} />
            <th scope="col">{t('weights.columns.layer')}</th>
            <th scope="col">{t('weights.columns.shape')}</th>
            <th scope="col">{t('weights.columns.start')}</th>
            <th scope="col">{t('weights.columns.from')}</th>
          </tr>
        </thead>
        <tbody>
          {starts.map((start) => {
            const layer = layers.get(start.id);
            if (!layer) return null;
            return (
              <tr key={start.id} data-outcome={start.outcome} data-half={layer.half}>
                <td className={styles.tick}>
                  <Checkbox
                    aria-label={t('weights.choose', { layer: start.id })}
                    checked={isChosen(layer)}
                    onChange={(event) => onChoose(start.id, event.currentTarget.checked)}
                  />
                </td>
                <td>{start.id}</td>
                <td className={styles.shape}>{formatShape(layer.weights[0]?.shape ?? [])}</td>
                <td>
                  <span className={styles.outcome}>{t(`weights.outcomes.${start.outcome}`)}</span>
                </td>
                <td className={styles.from}>
                  <Source start={start} layer={layer} others={others} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface SourceProps {
  readonly start: LayerStart;
  readonly layer: Layer;
  readonly others: ReadonlyMap<string, Layer>;
}

/** Where a layer's weights come from, or why they are new. */
function Source({ start: { id, outcome, from, by, without, unlike }, layer, others }: SourceProps) {
  if (outcome === 'new' || from === null) {
    if (unlike === undefined) return null;
    return unlike === null
      ? t('weights.noCounterpart')
      : t('weights.otherShape', { layer: id, shape: formatShape(unlike) });
  }
  const partner = outcome === 'loaded' ? others.get(from) : undefined;
  const remarks = [
    by === 'place' ? t('weights.byPlace') : null,
    without.length > 0 ? t('weights.without', { names: without.join(', ') }) : null,
    partner && partner.activation !== layer.activation
      ? t('weights.activation', { activation: activationLabel(partner.activation) })
      : null,
  ].filter((remark) => remark !== null);
  return (
    <>
      <ArrowRight size={11} aria-hidden="true" /> {from}
      {remarks.length > 0 && <span className={styles.remark}> ({remarks.join('; ')})</span>}
    </>
  );
}
