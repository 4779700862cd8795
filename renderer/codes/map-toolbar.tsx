import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { Hand, Lasso, Maximize, MousePointer2, SquareDashed } from 'lucide-react';
import { useMemo } from 'react';
import { TermMark } from '../glossary/term-mark';
import { t } from '../strings/strings';
import { byWeight, type Cloud } from './cloud';
import styles from './code-panel.module.css';
import type { LayoutKind } from './map-layout';
import { type MapTool, setHeld, setLayout, setShownValues, setTool, setView, useMap } from './map-store';

const TOOLS: readonly { readonly tool: MapTool; readonly icon: typeof Hand }[] = [
  { tool: 'probe', icon: MousePointer2 },
  { tool: 'rectangle', icon: SquareDashed },
  { tool: 'lasso', icon: Lasso },
  { tool: 'pan', icon: Hand },
];

const KINDS: readonly LayoutKind[] = ['pca', 'umap', 'values'];

/** How the codes are laid out, and what the pointer does with them. */
export function MapToolbar({ cloud }: { readonly cloud: Cloud }) {
  // One by one: while the map is moved, this must not be drawn anew with every frame.
  const kind = useMap((state) => state.kind);
  const values = useMap((state) => state.values);
  const tool = useMap((state) => state.tool);
  const held = useMap((state) => state.held);
  const shownKind = useMap((state) => state.shown?.kind);
  // By how much they vary, as the sliders are.
  const choices = useMemo(
    () => byWeight(cloud.deviation).map((place) => ({ value: String(place), label: String(place + 1) })),
    [cloud.deviation],
  );
  const kinds = KINDS.filter((each) => cloud.size > 1 || each !== 'pca');
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t('codes.map.tools')}>
      <Select
        className={styles.layout}
        aria-label={t('codes.map.layout')}
        data={kinds.map((value) => ({ value, label: t(`codes.layout.${value}`) }))}
        value={kind}
        onChange={(value) => setLayout(KINDS.find((each) => each === value) ?? 'pca')}
      />
      <TermMark label={kind === 'values' ? 'Code' : t(`codes.layout.${kind}`)} />
      {kind === 'values' && (
        <Select
          className={styles.axis}
          aria-label={t('codes.map.across')}
          data={choices}
          value={String(values[0])}
          onChange={(value) => setShownValues([Number(value), values[1]])}
        />
      )}
      {kind === 'values' && cloud.size > 1 && (
        <Select
          className={styles.axis}
          aria-label={t('codes.map.up')}
          data={choices}
          value={String(values[1])}
          onChange={(value) => setShownValues([values[0], Number(value)])}
        />
      )}
      {TOOLS.map(({ tool: each, icon: Icon }) => (
        <Tooltip key={each} label={t(`codes.tool.${each}`)}>
          <ActionIcon
            variant={each === tool ? 'light' : 'subtle'}
            color={each === tool ? 'blue' : 'gray'}
            aria-label={t(`codes.tool.${each}`)}
            aria-pressed={each === tool}
            onClick={() => setTool(each)}
          >
            <Icon size={14} />
          </ActionIcon>
        </Tooltip>
      ))}
      <Tooltip label={t('codes.map.fit')}>
        <ActionIcon aria-label={t('codes.map.fit')} onClick={() => setView(null)}>
          <Maximize size={14} />
        </ActionIcon>
      </Tooltip>
      {shownKind !== 'umap' && cloud.size > 2 && cloud.problem === null && (
        <Tooltip label={t('codes.held.why')}>
          <Select
            w={112}
            aria-label={t('codes.held.name')}
            data={[
              { value: 'mean', label: t('codes.held.mean') },
              { value: 'sample', label: t('codes.held.sample') },
            ]}
            value={held}
            onChange={(value) => setHeld(value === 'sample' ? 'sample' : 'mean')}
          />
        </Tooltip>
      )}
    </div>
  );
}

/** What the map shows, in its corner. */
export function MapFacts({ cloud: { count, total, plane } }: { readonly cloud: Cloud }) {
  const shown = useMap((state) => state.shown);
  const counted =
    count < total
      ? t('codes.map.someCodes', { count, total: total.toLocaleString('en') })
      : t('codes.map.codes', { count });
  const parts: string[] = [counted];
  if (shown?.kind === 'pca' && plane)
    parts.push(t('codes.map.share', { share: Math.round(100 * (plane.shares[0] + plane.shares[1])) }));
  if (shown?.kind === 'values') {
    const [across, up] = [shown.values[0] + 1, shown.values[1] + 1];
    parts.push(shown.cloud.size > 1 ? t('codes.map.axes', { across, up }) : t('codes.map.axis', { across }));
  }
  return <div className={styles.facts}>{parts.join(' · ')}</div>;
}
