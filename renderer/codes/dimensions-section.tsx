import { Button, Group } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { SampleView } from '../data/sample-view';
import { TermMark } from '../glossary/term-mark';
import { formatError } from '../run/format';
import { useRun } from '../run/run-store';
import { edit, useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import { byWeight, type Cloud } from './cloud';
import { type CodeHealth, codeBlockOf, codeHealth, healthFixes, healthSentence } from './code-health';
import { divergenceOf } from './code-health-store';
import styles from './code-panel.module.css';
import { type Decoded, decodeCodes, focusOn, useCodes, WALK } from './code-store';
import { heldCode, useMap } from './map-store';

/** Values shown at first, and decoded in one call. */
const FIRST = 8;

/** Every value of the code walked along, those put to use most first, and what is wrong with the others. */
export function DimensionsSection() {
  const cloud = useCodes((state) => state.cloud);
  const divergence = useRun(divergenceOf);
  const [all, setAll] = useState(false);
  const health = useMemo(() => cloud && codeHealth(cloud.deviation, divergence), [cloud, divergence]);
  if (!cloud || !health) return null;
  const order = byWeight(health.weights);
  const shown = all ? order : order.slice(0, FIRST);
  return (
    <>
      <HealthWarning health={health} />
      <p className={styles.note}>
        {health.isVariational ? t('codes.dimensions.byDivergence') : t('codes.dimensions.byDeviation')}{' '}
        <TermMark label={health.isVariational ? 'KL' : 'Code size'} />
      </p>
      {cloud.problem !== null && <p className={styles.note}>{cloud.problem}</p>}
      <Rows cloud={cloud} health={health} places={shown} />
      {order.length > FIRST && (
        <Button variant="subtle" onClick={() => setAll(!all)}>
          {all
            ? t('codes.vary.showFirst', { count: FIRST })
            : t('codes.vary.showAll', { count: order.length })}
        </Button>
      )}
    </>
  );
}

/** What is idle, and edits that may help; for the next run. */
function HealthWarning({ health }: { readonly health: CodeHealth }) {
  const drawing = useDocument((state) => state.history.present);
  const trained = useRun((state) => state.document);
  const sentence = healthSentence(health);
  if (!sentence) return null;
  // Of a code that has been changed since, proposals would be beside the point.
  const isSame = trained !== null && codeBlockOf(trained) === codeBlockOf(drawing);
  return (
    <div className={styles.warning} role="status">
      <p>{sentence}</p>
      {isSame ? (
        <Group gap={4}>
          {healthFixes(drawing, health).map(({ label, apply }) => (
            <Button key={label} variant="default" size="compact-xs" onClick={() => edit(apply)}>
              {label}
            </Button>
          ))}
        </Group>
      ) : (
        <p className={styles.note}>{t('codes.health.changed')}</p>
      )}
    </div>
  );
}

interface RowsProps {
  readonly cloud: Cloud;
  readonly health: CodeHealth;
  readonly places: readonly number[];
}

function Rows({ cloud, health, places }: RowsProps) {
  const walked = useWalks(cloud, places);
  const focus = useCodes((state) => state.focus);
  const most = Math.max(...health.weights, 1e-12);
  return places.map((place) => {
    const weight = health.weights[place] ?? 0;
    const isIdle = health.idle.includes(place);
    const samples = walked.get(place);
    return (
      <div key={place} className={styles.dimension} data-dead={isIdle}>
        <button
          type="button"
          className={styles.name}
          aria-pressed={place === focus}
          aria-label={t('codes.vary.walkAlong', { number: place + 1 })}
          onClick={() => focusOn(place)}
        >
          {place + 1}
        </button>
        <div className={styles.weight}>
          <span>
            {health.isVariational
              ? t('codes.dimensions.nats', { value: Number(weight.toPrecision(2)) })
              : `±${formatError(weight)}`}
            {isIdle && ` · ${t('codes.dimensions.idle')}`}
          </span>
          <div className={styles.gauge}>
            <span style={{ width: `${(100 * weight) / most}%` }} />
          </div>
        </div>
        <div className={styles.traversal}>
          {samples &&
            WALK.map((step, index) => (
              <SampleView
                key={step}
                pixels={samples.pixels}
                shape={samples.shape}
                index={index}
                label={t('codes.dimensions.walked', { number: place + 1, step })}
              />
            ))}
        </div>
      </div>
    );
  });
}

/** What each of these values makes of the held code when it is walked along; those that are here already stay meanwhile. */
function useWalks(cloud: Cloud, places: readonly number[]): ReadonlyMap<number, Decoded> {
  const held = useMap((state) => state.held);
  const sample = useCodes((state) => state.sample);
  const [walks, setWalks] = useState<ReadonlyMap<number, Decoded>>(new Map());
  const key = places.join();
  useEffect(() => {
    if (cloud.problem !== null) return;
    let wanted = true;
    const base = held === 'mean' || sample < 0 ? cloud.mean : heldCode(cloud);
    const walk = async () => {
      const all = key.split(',').map(Number);
      for (let from = 0; from < all.length && wanted; from += FIRST) {
        const part = all.slice(from, from + FIRST);
        const codes = part.flatMap((place) =>
          WALK.map((step) =>
            base.map((value, at) =>
              at === place ? (cloud.mean[at] ?? 0) + step * (cloud.deviation[at] ?? 0) : value,
            ),
          ),
        );
        const { shape, pixels, count } = await decodeCodes(cloud.runId, codes);
        if (!wanted) return;
        const size = (pixels.length / count) * WALK.length;
        setWalks((before) => {
          const next = new Map(before);
          for (const [at, place] of part.entries()) {
            next.set(place, { count: WALK.length, shape, pixels: pixels.slice(at * size, (at + 1) * size) });
          }
          return next;
        });
      }
    };
    // Why nothing can be decoded is said beside the code itself.
    walk().catch(() => {});
    return () => {
      wanted = false;
    };
  }, [cloud, key, held, sample]);
  return walks;
}
