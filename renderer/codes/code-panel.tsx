import { Button, Slider } from '@mantine/core';
import { useEffect, useState } from 'react';
import panel from '../app/panel.module.css';
import { SampleView } from '../data/sample-view';
import { formatError } from '../run/format';
import type { RunView } from '../run/run-record';
import { useRun } from '../run/run-store';
import styles from './code-panel.module.css';
import { byDeviation, chooseSample, focusOn, loadCodes, setValue, useCodes, WALK } from './code-store';

/** Sliders shown at first: those of the values that vary most. */
const FIRST = 24;

/** A sample's code, to be varied value by value while the decoder shows what becomes of it. */
export function CodePanel() {
  const view = useRun((state) => state.view);
  const { codes, failure } = useCodes();
  const runId = view && view.runId !== '' && view.phase !== 'starting' && view.step > 0 ? view.runId : null;
  const over = view?.phase === 'completed' || view?.phase === 'stopped' || view?.phase === 'paused';
  // The codes of a run that goes on change with every step: they are asked for when it rests, or when the user wants.
  useEffect(() => {
    if (runId !== null && (over || useCodes.getState().codes?.runId !== runId)) void loadCodes(runId);
  }, [runId, over]);

  if (runId === null) return <Empty>Train a drawing; then vary here what its code says of a sample.</Empty>;
  if (failure && !codes) return <Empty>{[failure.message, failure.hint].filter(Boolean).join(' ')}</Empty>;
  if (!codes || !view) return <Empty>Reading codes …</Empty>;
  if (codes.problem !== null) return <Empty>{codes.problem}</Empty>;
  return (
    <div className={styles.panel}>
      <Samples view={view} onRefresh={over ? null : () => void loadCodes(runId)} />
      <Values />
      <Results />
    </div>
  );
}

function Empty({ children }: { readonly children: React.ReactNode }) {
  return <div className={styles.none}>{children}</div>;
}

function Samples({ view, onRefresh }: { readonly view: RunView; readonly onRefresh: (() => void) | null }) {
  const { codes, sample } = useCodes();
  const originals = view.reconstructions?.originals;
  const places = Array.from({ length: Math.min(codes?.count ?? 0, originals?.count ?? 0) }, (_, i) => i);
  return (
    <div className={`${panel.side} ${styles.samples}`}>
      <h3 className={styles.title}>Sample</h3>
      <div className={styles.grid}>
        {originals &&
          places.map((place) => (
            <button
              key={place}
              type="button"
              className={styles.sample}
              aria-pressed={place === sample}
              aria-label={`Sample ${place + 1}`}
              onClick={() => chooseSample(place)}
            >
              <SampleView pixels={originals.pixels} shape={originals.shape} index={place} label="" />
            </button>
          ))}
      </div>
      {onRefresh && (
        <Button size="xs" variant="default" onClick={onRefresh}>
          Read codes anew
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => chooseSample(sample)}>
        Reset the code
      </Button>
    </div>
  );
}

/** A slider for each value of the code, those that vary most first. */
function Values() {
  const { codes, code, focus } = useCodes();
  const [all, setAll] = useState(false);
  if (!codes) return null;
  const order = byDeviation(codes);
  const shown = all ? order : order.slice(0, FIRST);
  return (
    <div className={styles.values}>
      <h3 className={styles.title}>
        Code, {codes.size} {codes.size === 1 ? 'value' : 'values'}; those that vary most come first
      </h3>
      {shown.map((place) => {
        const [mean, deviation] = [codes.mean[place] ?? 0, codes.deviation[place] ?? 0];
        const reach = Math.max(3 * deviation, 1e-6);
        return (
          <div key={place} className={styles.value} data-focused={place === focus}>
            <button type="button" className={styles.name} onClick={() => focusOn(place)}>
              {place + 1}
            </button>
            <Slider
              size="xs"
              min={mean - reach}
              max={mean + reach}
              step={reach / 50}
              value={code[place] ?? 0}
              label={null}
              thumbLabel={`Value ${place + 1} of the code`}
              onChange={(value) => setValue(place, value)}
            />
            <span className={styles.number}>{formatSigned(code[place] ?? 0)}</span>
            <span className={styles.spread} title="How far this value is spread over samples not trained on">
              ±{formatError(deviation)}
            </span>
          </div>
        );
      })}
      {order.length > FIRST && (
        <Button size="xs" variant="subtle" onClick={() => setAll(!all)}>
          {all ? `Show the first ${FIRST}` : `Show all ${order.length}`}
        </Button>
      )}
    </div>
  );
}

function Results() {
  const { decoded, walk, focus, failure } = useCodes();
  return (
    <div className={styles.results}>
      <h3 className={styles.title}>Decoded</h3>
      <div className={styles.decoded}>
        {decoded && (
          <SampleView pixels={decoded.pixels} shape={decoded.shape} index={0} label="Decoded sample" />
        )}
      </div>
      <h3 className={styles.title}>Value {focus + 1}, walked; the others held</h3>
      <div className={styles.walk}>
        {WALK.map((step, index) => (
          <figure key={step} className={styles.step}>
            {walk && index < walk.count && (
              <SampleView
                pixels={walk.pixels}
                shape={walk.shape}
                index={index}
                label={`At ${step} standard deviations`}
              />
            )}
            <figcaption>{step === 0 ? 'mean' : `${step > 0 ? '+' : '−'}${Math.abs(step)} σ`}</figcaption>
          </figure>
        ))}
      </div>
      {failure && <p role="alert">{failure.message}</p>}
    </div>
  );
}

function formatSigned(value: number): string {
  return `${value < 0 ? '−' : ''}${formatError(Math.abs(value))}`;
}
