import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../../shared/errors/problem';
import { BlockGlyph } from '../palette/block-glyph';
import { found, matchOf } from '../palette/find-blocks';
import { type PaletteEntry, paletteGroups } from '../palette/palette-entries';
import { useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import styles from './block-list.module.css';
import { type BlockQuestion, endBlockQuestion, useBlockQuestion } from './block-question';

/** What the list takes up at most, in pixels of the window. */
const WIDTH = 250;
const HEIGHT = 340;
const MARGIN = 8;

/** The list of blocks at the pointer, while one is asked for. */
export function BlockList() {
  const question = useBlockQuestion((state) => state.question);
  const opened = useDocument((state) => state.opened);
  // Another drawing has other places.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a drawing that is opened is what this answers
  useEffect(() => endBlockQuestion(), [opened]);
  if (!question) return null;
  return <List key={`${question.at.x} ${question.at.y} ${question.title}`} question={question} />;
}

function List({ question }: { readonly question: BlockQuestion }) {
  const [typed, setTyped] = useState('');
  const combobox = useCombobox({ opened: true });
  const { selectFirstOption } = combobox;
  const panel = useClickOutside(endBlockQuestion);
  const before = useRef<Element | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other options are shown for other words
  useEffect(() => void selectFirstOption(), [selectFirstOption, typed]);
  useEffect(() => {
    before.current = document.activeElement;
    panel.current?.querySelector('input')?.focus();
    return () => {
      if (before.current instanceof HTMLElement || before.current instanceof SVGElement)
        before.current.focus();
    };
  }, [panel]);
  const groups = shownGroups(question, typed);
  const { x, y } = question.at;
  const left = Math.max(MARGIN, Math.min(x, window.innerWidth - WIDTH - MARGIN));
  const top = Math.max(MARGIN, Math.min(y, window.innerHeight - HEIGHT - MARGIN));
  const choose = (key: string) => {
    const entry = groups.flatMap(({ entries }) => entries).find((shown) => keyOf(shown.entry) === key)?.entry;
    endBlockQuestion();
    if (entry) question.choose(entry);
  };
  return (
    <div
      ref={panel}
      className={styles.panel}
      style={{ left, top, width: WIDTH, maxHeight: HEIGHT }}
      role="dialog"
      aria-label={question.title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') endBlockQuestion();
        // The list is left with Escape or by choosing; behind it nothing is to be walked through.
        if (event.key === 'Tab') event.preventDefault();
      }}
    >
      <div className={styles.title}>{question.title}</div>
      <Combobox store={combobox} onOptionSubmit={choose}>
        <div className={styles.search}>
          <Combobox.EventsTarget>
            <TextInput
              aria-label={t('canvas.findBlock')}
              placeholder={t('canvas.findBlock')}
              leftSection={<Search size={13} />}
              leftSectionWidth={26}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          </Combobox.EventsTarget>
        </div>
        <Combobox.Options className={styles.options} aria-label={question.title}>
          {groups.map(({ title, entries }) => (
            <Combobox.Group key={title} label={title} classNames={{ groupLabel: styles.group ?? '' }}>
              {entries.map(({ entry, refusal }) => (
                <Combobox.Option
                  key={keyOf(entry)}
                  value={keyOf(entry)}
                  className={styles.option}
                  disabled={refusal !== null}
                >
                  <BlockGlyph
                    half={entry.block.role === 'code' ? 'code' : entry.half}
                    accepts={entry.block.accepts}
                  />
                  <span className={styles.name}>
                    {entry.label}
                    {refusal && <span className={styles.reason}>{refusal.message}</span>}
                  </span>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {groups.length === 0 && (
            <Combobox.Empty>{t('canvas.noBlock', { typed: typed.trim() })}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox>
    </div>
  );
}

interface Shown {
  readonly entry: PaletteEntry;
  readonly refusal: Problem | null;
}

/**
 * The blocks that fit, grouped as in the palette, the best answers to what was typed first; then, where something was typed
 * or nothing fits, those that do not, with the reason.
 */
function shownGroups(question: BlockQuestion, typed: string): { title: string; entries: readonly Shown[] }[] {
  const unfit: Shown[] = [];
  const groups = paletteGroups
    .map(({ title, entries }) => {
      const asked = found(
        entries.filter((entry) => question.offers(entry)),
        typed,
      ).map((entry): Shown => ({ entry, refusal: question.refusal(entry) }));
      unfit.push(...asked.filter(({ refusal }) => refusal !== null));
      const fitting = asked.filter(({ refusal }) => refusal === null);
      const rank = Math.min(...fitting.map(({ entry }) => matchOf(entry, typed) ?? 0));
      return { title, entries: fitting, rank };
    })
    .filter(({ entries }) => entries.length > 0)
    .sort((a, b) => (typed.trim() === '' ? 0 : a.rank - b.rank));
  const tellUnfit = unfit.length > 0 && (typed.trim() !== '' || groups.length === 0);
  return tellUnfit ? [...groups, { title: t('canvas.doesNotFit'), entries: unfit }] : groups;
}

function keyOf({ half, block }: PaletteEntry): string {
  return `${half} ${block.type}`;
}
