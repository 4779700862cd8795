import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { nodeWidth } from '../../shared/plan/auto-layout';
import { comparedDesigns, type DesignChange } from '../../shared/plan/compare-designs';
import { calledName } from '../canvas/flow-elements';
import { shownDrawing } from '../state/drawing';
import { t } from '../strings/strings';
import styles from './compare.module.css';
import type { ComparedDesign } from './compare-store';
import { RunLetter } from './run-letter';

const MARKS: Readonly<Record<Exclude<DesignChange, 'same'>, string>> = {
  changed: '≠',
  added: '+',
  removed: '−',
};

/** Two designs one over the other, with what was changed, added and removed marked by colour and sign. */
export function CompareDesigns({ designs }: { readonly designs: readonly ComparedDesign[] }) {
  const [pair, setPair] = useState<readonly [number, number]>([0, 1]);
  const [first, second] = [designs[pair[0]], designs[pair[1]]];
  const compared = useMemo(
    () =>
      first && second ? comparedDesigns(shownDrawing(first.document), shownDrawing(second.document)) : null,
    [first, second],
  );
  if (!first || !second || !compared) return null;
  const choices = designs.map(({ letter }, index) => ({ value: String(index), label: letter }));
  return (
    <section className={styles.wide} aria-label={t('compare.designs')}>
      <div className={styles.head}>
        <h3 className={styles.title}>{t('compare.designs')}</h3>
        <span className={styles.legend}>
          {(['changed', 'added', 'removed'] as const).map((change) => (
            <span key={change} data-change={change}>
              <b>{MARKS[change]}</b> {t(`compare.changes.${change}`)}
            </span>
          ))}
        </span>
        {designs.length > 2 &&
          ([0, 1] as const).map((side) => (
            <Select
              key={side}
              w={64}
              aria-label={t(side === 0 ? 'compare.firstDesign' : 'compare.secondDesign')}
              value={String(pair[side])}
              data={choices}
              onChange={(value) => setPair(side === 0 ? [Number(value), pair[1]] : [pair[0], Number(value)])}
            />
          ))}
      </div>
      <div className={styles.designs}>
        <Design of={first} changes={compared.before} />
        <Design of={second} changes={compared.after} />
      </div>
    </section>
  );
}

interface DesignProps {
  readonly of: ComparedDesign;
  readonly changes: ReadonlyMap<string, DesignChange>;
}

/** A drawing in small, as it would stand when laid out anew. */
function Design({ of: { letter, name, document }, changes }: DesignProps) {
  const { nodes, wires } = useMemo(() => shownDrawing({ ...document, layout: {} }), [document]);
  const places = new Map(nodes.map((node) => [node.id, node]));
  const left = Math.min(...nodes.map(({ position }) => position.x)) - 12;
  const top = Math.min(...nodes.map(({ position }) => position.y)) - 26;
  const right = Math.max(...nodes.map(({ position, kind }) => position.x + nodeWidth(kind))) + 12;
  const bottom = Math.max(...nodes.map(({ position, height }) => position.y + height)) + 12;
  const told = [...changes].filter(([, change]) => change !== 'same');
  const label =
    told.length === 0
      ? t('compare.sameDesign')
      : told.map(([id, change]) => `${calledName(places.get(id), id)} ${change}`).join(', ');
  return (
    <div className={styles.design}>
      <span className={styles.designName} title={name}>
        <RunLetter letter={letter} />
        {name}
      </span>
      <svg
        viewBox={`${left} ${top} ${right - left} ${bottom - top}`}
        role="img"
        aria-label={`${t('compare.designOf', { letter })}: ${label}`}
      >
        {wires.map(({ id, from, to }) => {
          const [a, b] = [places.get(from), places.get(to)];
          if (!a || !b) return null;
          return (
            <line
              key={id}
              className={styles.wire}
              x1={a.position.x + nodeWidth(a.kind)}
              y1={a.position.y + a.height / 2}
              x2={b.position.x}
              y2={b.position.y + b.height / 2}
            />
          );
        })}
        {nodes.map((node) => {
          const change = changes.get(node.id) ?? 'same';
          const width = nodeWidth(node.kind);
          const { x, y } = node.position;
          const middle = x + width / 2;
          return (
            <g key={node.id} className={styles.block} data-half={node.half} data-change={change}>
              <title>{`${node.label === node.kindLabel ? `${node.id}: ${node.label}` : node.label} ${node.description}`}</title>
              <rect x={x} y={y} width={width} height={node.height} rx={4} />
              {node.kind !== 'placed' && (
                <>
                  <text x={middle} y={y + node.height / 2 - 4}>
                    {node.label === node.kindLabel ? node.brief : node.label}
                  </text>
                  <text x={middle} y={y + node.height / 2 + 18}>
                    {node.description.split(' · ')[0]}
                  </text>
                </>
              )}
              {change !== 'same' && (
                <>
                  <circle cx={middle} cy={y - 8} r={15} />
                  <text className={styles.sign} x={middle} y={y - 1}>
                    {MARKS[change]}
                  </text>
                </>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
