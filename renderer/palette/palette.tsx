import { CloseButton, TextInput, Tooltip } from '@mantine/core';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { canAdd } from '../../shared/document/edits';
import { appendBlock } from '../state/canvas-edits';
import { useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import { BlockGlyph } from './block-glyph';
import { BLOCK_MIME, useDraggedBlock } from './dragged-block';
import { matchOf } from './find-blocks';
import styles from './palette.module.css';
import { type PaletteEntry, paletteGroups } from './palette-entries';

/** Every block there is. Dragged to the canvas it stands where it is dropped; pressed, it is added before the code. */
export function Palette() {
  const [wanted, setWanted] = useState('');
  const shown = paletteGroups
    .map((group) => ({ ...group, entries: group.entries.filter((entry) => matchOf(entry, wanted) !== null) }))
    .filter((group) => group.entries.length > 0);
  return (
    <div className={styles.palette}>
      <div className={styles.search}>
        <TextInput
          aria-label={t('canvas.findBlock')}
          placeholder={t('canvas.findBlock')}
          leftSection={<Search size={13} />}
          leftSectionWidth={26}
          rightSection={
            wanted && <CloseButton size="xs" aria-label={t('blocks.clear')} onClick={() => setWanted('')} />
          }
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && setWanted('')}
        />
      </div>
      <div className={styles.groups}>
        {shown.map(({ title, entries }) => (
          <section key={title} aria-label={t('blocks.group', { title })}>
            <h2 className={styles.title}>{title}</h2>
            {entries.map((entry) => (
              <PaletteItem key={entry.block.type} entry={entry} />
            ))}
          </section>
        ))}
        {shown.length === 0 && (
          <div className={styles.none}>{t('canvas.noBlock', { typed: wanted.trim() })}</div>
        )}
      </div>
      <div className={styles.foot}>{t('blocks.how')}</div>
    </div>
  );
}

function PaletteItem({ entry: { block, half, label, help } }: { readonly entry: PaletteEntry }) {
  const refusal = useDocument((state) => canAdd(state.history.present, block.type)?.message ?? null);
  const glyph = block.role === 'code' ? 'code' : half;
  return (
    <Tooltip label={refusal ?? help} position="right">
      <button
        type="button"
        className={styles.item}
        // A disabled button shows no reason and can't be reached with Tab.
        aria-disabled={refusal !== null}
        aria-label={
          block.role === 'code'
            ? t('palette.add', { block: label })
            : t(`blocks.addTo.${half}`, { block: label })
        }
        style={refusal === null ? undefined : { opacity: 0.45 }}
        draggable={refusal === null}
        onClick={() => refusal === null && appendBlock(block.type, half)}
        onDragStart={(event) => {
          event.dataTransfer.setData(BLOCK_MIME, block.type);
          event.dataTransfer.effectAllowed = 'copy';
          useDraggedBlock.setState({ dragged: { type: block.type, half } });
        }}
        onDragEnd={() => useDraggedBlock.setState({ dragged: null })}
      >
        <BlockGlyph half={glyph} accepts={block.accepts} />
        <span>{label}</span>
      </button>
    </Tooltip>
  );
}
