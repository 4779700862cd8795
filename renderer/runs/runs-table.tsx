import { Checkbox } from '@mantine/core';
import { ArrowDown, ArrowUp, Diamond, Star } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { termOfLabel } from '../../shared/glossary/terms';
import type { KeptRun } from '../../shared/ipc/contract';
import { hashOf } from '../state/document-hash';
import { useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import { COLUMNS, type ColumnId } from './run-columns';
import { nameOfRun } from './run-name';
import { RunNameField } from './run-name-field';
import { originOf } from './run-origin';
import type { Branch } from './run-tree';
import styles from './runs-panel.module.css';
import { deleteRuns, labelRun, showRun, sortBy, tick, useRuns } from './runs-store';

/**
 * The runs as a grid of rows. Up and Down go from row to row; Space ticks, S stars, F2 renames and Delete deletes the one
 * that has the focus.
 */
export function RunsTable({ branches }: { readonly branches: readonly Branch[] }) {
  const { shown, sort, ticked, listed } = useRuns();
  const runs = branches.map(({ run }) => run);
  const isTree = branches.some(({ depth }) => depth > 0);
  const [renaming, setRenaming] = useState<string | null>(null);
  const present = useDocument((state) => hashOf(state.history.present));
  const body = useRef<HTMLTableSectionElement>(null);
  const current = runs.some(({ id }) => id === shown) ? shown : runs[0]?.id;

  const goTo = (index: number) => {
    const run = runs[Math.max(0, Math.min(runs.length - 1, index))];
    if (!run) return;
    showRun(run.id);
    body.current?.querySelector<HTMLElement>(`[data-run="${run.id}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, run: KeptRun, index: number) => {
    // What is typed into a field of the row is the field's.
    if (event.target instanceof HTMLInputElement && event.target.type === 'text') return;
    const acts = new Map<string, () => void>([
      ['ArrowDown', () => goTo(index + 1)],
      ['ArrowUp', () => goTo(index - 1)],
      ['Home', () => goTo(0)],
      ['End', () => goTo(runs.length - 1)],
      [' ', () => tick(run.id, !ticked.includes(run.id))],
      ['s', () => void labelRun(run.id, { starred: !run.starred })],
      ['F2', () => setRenaming(run.id)],
      ['Delete', () => void deleteRuns([run])],
    ]);
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : acts.get(event.key);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  return (
    <div className={styles.scroller}>
      <table className={styles.table} role={isTree ? 'treegrid' : 'grid'} aria-label={t('runs.table')}>
        <thead>
          <tr>
            <th scope="col" className={styles.narrow} aria-label={t('runs.columns.tick')} />
            <th scope="col" className={styles.narrow} aria-label={t('runs.columns.star')} />
            {COLUMNS.map(({ id, label, help, descending }) => (
              <th
                key={id}
                scope="col"
                aria-sort={sort.column === id ? (sort.descending ? 'descending' : 'ascending') : 'none'}
              >
                <button
                  type="button"
                  title={help ?? termOfLabel(label)?.text}
                  onClick={() => sortBy(id, descending)}
                >
                  {label}
                  <SortMark column={id} />
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {branches.map(({ run, depth }, index) => {
            const name = nameOfRun(run);
            const isCurrent = run.id === current;
            return (
              <tr
                key={run.id}
                data-run={run.id}
                data-ending={run.ending}
                aria-selected={isCurrent}
                aria-label={[name, originOf(run, listed?.runs ?? [])].filter(Boolean).join(', ')}
                aria-level={isTree ? depth + 1 : undefined}
                tabIndex={isCurrent ? 0 : -1}
                onClick={() => showRun(run.id)}
                onKeyDown={(event) => onKeyDown(event, run, index)}
              >
                <td className={styles.narrow}>
                  <Checkbox
                    aria-label={t('runs.tick', { name })}
                    tabIndex={isCurrent ? 0 : -1}
                    checked={ticked.includes(run.id)}
                    onChange={(event) => tick(run.id, event.currentTarget.checked)}
                  />
                </td>
                <td className={styles.narrow}>
                  <button
                    type="button"
                    className={styles.star}
                    tabIndex={isCurrent ? 0 : -1}
                    aria-pressed={run.starred}
                    aria-label={t('runs.star', { name })}
                    onClick={() => void labelRun(run.id, { starred: !run.starred })}
                  >
                    <Star size={13} fill={run.starred ? 'currentColor' : 'none'} />
                  </button>
                </td>
                {COLUMNS.map((column) =>
                  column.id === 'name' ? (
                    <td
                      key={column.id}
                      className={styles.name}
                      title={name}
                      onDoubleClick={() => setRenaming(run.id)}
                    >
                      {renaming === run.id ? (
                        <RunNameField run={run} onDone={() => setRenaming(null)} />
                      ) : (
                        <>
                          {depth > 0 && <Fork depth={depth} />}
                          {run.document.hash === present && <SameDrawing />}
                          <Ending run={run} />
                          {name}
                        </>
                      )}
                    </td>
                  ) : (
                    <td
                      key={column.id}
                      title={'title' in column ? column.title?.(run) : undefined}
                      data-beaten={'beats' in column ? column.beats?.(run) : undefined}
                    >
                      {column.text(run)}
                    </td>
                  ),
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The line from the run above that one branched off from; told by the row's own name. */
function Fork({ depth }: { readonly depth: number }) {
  return <span className={styles.fork} style={{ marginLeft: 14 * (Math.min(depth, 6) - 1) }} aria-hidden />;
}

function SortMark({ column }: { readonly column: ColumnId }) {
  const sort = useRuns((state) => state.sort);
  if (sort.column !== column) return null;
  return sort.descending ? <ArrowDown size={10} /> : <ArrowUp size={10} />;
}

/** How a run ended that did not complete; told by shape and word, not by colour alone. */
function Ending({ run: { ending, problem } }: { readonly run: KeptRun }) {
  if (ending === 'completed') return null;
  const word = t(`runs.endings.${ending}`);
  return (
    <span
      className={styles.ending}
      data-ending={ending}
      title={problem ?? word}
      role="img"
      aria-label={`${word}:`}
    >
      {ending === 'failed' ? '!' : '■'}
    </span>
  );
}

function SameDrawing() {
  const label = t('runs.sameDrawing');
  return (
    <span className={styles.same} title={label} role="img" aria-label={label}>
      <Diamond size={9} fill="currentColor" />
    </span>
  );
}
