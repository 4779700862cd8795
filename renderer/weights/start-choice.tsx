import { Select } from '@mantine/core';
import { useEffect } from 'react';
import { startCounts, type WeightsPart } from '../../shared/plan/starting-weights';
import { openDialog } from '../app/dialog-store';
import { isOver } from '../run/run-record';
import { useRun } from '../run/run-store';
import { findTrainedDrawing } from '../runs/find-trained-drawing';
import { useRuns } from '../runs/runs-store';
import { useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import { startsFor, useLastRun, useStarting } from './starting-store';

/** What the next run begins with: fresh weights, the last run's where shapes still match, or another model's. */
export function StartChoice() {
  const document = useDocument((state) => state.history.present);
  const { begin, model } = useStarting();
  const last = useLastRun();
  const isOfReload = useRun(
    ({ view, document: trained }) => trained === null && view !== null && isOver(view.phase),
  );
  const runs = useRuns((state) => state.listed?.runs);
  useEffect(() => {
    if (isOfReload && runs) void findTrainedDrawing();
  }, [isOfReload, runs]);
  const kept = last && startsFor(document, null, last.document);
  const loaded = model && startsFor(document, model, null);
  const lastShare = kept ? shareOf(startCounts(kept), 'kept') : 0;
  const options = [
    { value: 'fresh', label: t('weights.fresh') },
    ...(last
      ? [
          {
            value: 'last',
            label: t('weights.last', { share: percent(lastShare) }),
            disabled: lastShare === 0,
          },
        ]
      : []),
    ...(model
      ? [
          {
            value: 'model',
            label: t('weights.model', {
              name: model.name,
              part: partName(model.part),
              share: percent(loaded ? shareOf(startCounts(loaded), 'loaded') : 0),
            }),
          },
        ]
      : []),
    { value: 'load', label: t('weights.another') },
  ];
  const shown = options.some(({ value }) => value === begin) ? begin : 'fresh';
  return (
    <Select
      size="xs"
      aria-label={t('weights.begin')}
      data={options}
      value={shown}
      allowDeselect={false}
      comboboxProps={{ width: 280, position: 'bottom-start' }}
      title={options.find(({ value }) => value === shown)?.label}
      onChange={(value) => {
        if (value === 'load') openDialog('weights');
        else if (value === 'fresh' || value === 'last' || value === 'model') {
          useStarting.setState({ begin: value });
        }
      }}
    />
  );
}

/** How much of the network's numbers have such a start, 0 to 1. */
function shareOf(counts: Record<'loaded' | 'kept' | 'new', number>, outcome: 'loaded' | 'kept'): number {
  const all = counts.loaded + counts.kept + counts.new;
  return all === 0 ? 0 : counts[outcome] / all;
}

/** `98 %`, and never 100 where something is left out. */
function percent(share: number): string {
  return `${share === 1 ? 100 : Math.min(99, Math.round(share * 100))}%`;
}

/** What of a model is taken, in a word. */
function partName(part: WeightsPart): string {
  return typeof part === 'string' ? t(`weights.parts.${part}`) : t('weights.blocks', { count: part.length });
}
