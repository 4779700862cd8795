import { Button, NumberInput, Slider } from '@mantine/core';
import { useMemo, useState } from 'react';
import { SampleView } from '../data/sample-view';
import { formatError, formatSigned } from '../run/format';
import { t } from '../strings/strings';
import { byWeight, type Cloud, labelAt, nearestTo } from './cloud';
import styles from './code-panel.module.css';
import { chooseSample, focusOn, resetCode, setRandomCode, setValue, useCodes, WALK } from './code-store';
import { useMap } from './map-store';
import { useSamplePicture } from './sample-pictures';

/** Sliders shown at first: those of the values that vary most. */
const FIRST = 24;

/** The code of a sample, or of a place in the plane, to be varied value by value while the decoder shows what becomes of it. */
export function VarySection() {
  const cloud = useCodes((state) => state.cloud);
  if (!cloud) return null;
  return (
    <>
      <SampleLine cloud={cloud} />
      {cloud.problem === null ? (
        <>
          <div className={styles.vary}>
            <Original cloud={cloud} />
            <DecodedSample />
            <div>
              <Walk />
              <Verdict cloud={cloud} />
            </div>
          </div>
          <Values cloud={cloud} />
        </>
      ) : (
        <>
          <p className={styles.note}>{cloud.problem}</p>
          <p className={styles.note}>{t('codes.vary.noDecoding')}</p>
          <Original cloud={cloud} />
        </>
      )}
    </>
  );
}

/** The same of a model whose samples are not here: codes are varied from their mean, or drawn at random. */
export function VaryWithoutSamples() {
  const cloud = useCodes((state) => state.cloud);
  const isVaried = useCodes((state) => state.isVaried);
  if (!cloud) return null;
  if (cloud.problem !== null) return <p className={styles.note}>{cloud.problem}</p>;
  return (
    <>
      <div className={styles.line}>
        <Button variant="default" onClick={setRandomCode}>
          {t('codes.random')}
        </Button>
        <Button variant="default" disabled={!isVaried} onClick={resetCode}>
          {t('codes.middle')}
        </Button>
      </div>
      <div className={styles.vary} data-original="false">
        <DecodedSample />
        <div>
          <Walk />
        </div>
      </div>
      <Values cloud={cloud} />
    </>
  );
}

/** Which sample it starts from. */
function SampleLine({ cloud }: { readonly cloud: Cloud }) {
  const { sample, isVaried } = useCodes();
  const label = labelAt(cloud, sample);
  return (
    <div className={styles.line}>
      <span>{t('codes.vary.from')}</span>
      <NumberInput
        w={76}
        aria-label={t('codes.vary.sample')}
        min={1}
        max={cloud.count}
        allowDecimal={false}
        clampBehavior="strict"
        value={sample + 1}
        onChange={(value) => typeof value === 'number' && chooseSample(value - 1)}
      />
      <span data-fill>{label}</span>
      <Button variant="default" disabled={!isVaried} onClick={() => chooseSample(sample)}>
        {t('codes.vary.reset')}
      </Button>
    </div>
  );
}

function Original({ cloud }: { readonly cloud: Cloud }) {
  const sample = useCodes((state) => state.sample);
  const picture = useSamplePicture(cloud.runId, sample);
  return (
    <div>
      <h3 className={styles.title}>{t('codes.vary.original')}</h3>
      <div className={styles.picture}>
        {picture && (
          <SampleView
            pixels={picture.samples.originals.pixels}
            shape={picture.samples.originals.shape}
            index={picture.index}
            label={t('codes.vary.originalName')}
          />
        )}
      </div>
    </div>
  );
}

/** A slider for each value of the code, those that vary most first. */
function Values({ cloud }: { readonly cloud: Cloud }) {
  const { code, focus } = useCodes();
  const [all, setAll] = useState(false);
  const order = useMemo(() => byWeight(cloud.deviation), [cloud.deviation]);
  const shown = all ? order : order.slice(0, FIRST);
  return (
    <div>
      {shown.map((place) => {
        const [mean, deviation] = [cloud.mean[place] ?? 0, cloud.deviation[place] ?? 0];
        const value = code[place] ?? 0;
        const reach = Math.max(3 * deviation, Math.abs(value - mean), 1e-6);
        return (
          <div key={place} className={styles.value} data-focused={place === focus}>
            <button
              type="button"
              className={styles.name}
              aria-label={t('codes.vary.walkAlong', { number: place + 1 })}
              onClick={() => focusOn(place)}
            >
              {place + 1}
            </button>
            <Slider
              size="xs"
              min={mean - reach}
              max={mean + reach}
              step={reach / 50}
              value={value}
              label={null}
              thumbLabel={t('codes.vary.value', { number: place + 1 })}
              onChange={(next) => setValue(place, next)}
            />
            <span className={styles.number}>{formatSigned(value)}</span>
            <span className={styles.spread} title={t('codes.vary.spread')}>
              ±{formatError(deviation)}
            </span>
          </div>
        );
      })}
      {order.length > FIRST && (
        <Button variant="subtle" onClick={() => setAll(!all)}>
          {all
            ? t('codes.vary.showFirst', { count: FIRST })
            : t('codes.vary.showAll', { count: order.length })}
        </Button>
      )}
    </div>
  );
}

/** The code with its focused value walked from one end of its spread to the other. */
function Walk() {
  const { walk, focus } = useCodes();
  return (
    <>
      <h3 className={styles.title}>{t('codes.vary.walk', { number: focus + 1 })}</h3>
      <div className={styles.walk}>
        {WALK.map((step, index) => (
          <figure key={step} className={styles.step}>
            {walk && index < walk.count && (
              <SampleView
                pixels={walk.pixels}
                shape={walk.shape}
                index={index}
                label={t('codes.vary.deviations', { step })}
              />
            )}
            <figcaption>
              {step === 0 ? t('codes.vary.mean') : `${step > 0 ? '+' : '−'}${Math.abs(step)} σ`}
            </figcaption>
          </figure>
        ))}
      </div>
    </>
  );
}

function DecodedSample() {
  const { decoded, decodes, failure } = useCodes();
  return (
    <div>
      <h3 className={styles.title}>{t('codes.vary.decoded')}</h3>
      <div className={styles.picture} data-decodes={decodes}>
        {decoded && (
          <SampleView
            pixels={decoded.pixels}
            shape={decoded.shape}
            index={0}
            label={t('codes.vary.decodedName')}
          />
        )}
      </div>
      {failure && <p role="alert">{failure.message}</p>}
    </div>
  );
}

/** How far the code is from real ones, beside what is usual among these. */
function Verdict({ cloud }: { readonly cloud: Cloud }) {
  const { code, isVaried } = useCodes();
  const kind = useMap((state) => (state.probe ? state.shown?.kind : null));
  const found = useMemo(() => (isVaried ? nearestTo(cloud, code) : null), [cloud, code, isVaried]);
  if (!found) return <div className={styles.verdict}>{t('codes.vary.real')}</div>;
  const { usual, far } = cloud.spacing;
  const isOff = found.distance > far;
  const values = { times: usual > 0 ? (found.distance / usual).toFixed(1) : '–', number: found.place + 1 };
  return (
    <>
      <div className={styles.verdict} data-off={isOff} role="status" title={t('codes.vary.distanceWhy')}>
        {isOff ? t('codes.vary.off', values) : t('codes.vary.near', values)}
      </div>
      {kind === 'umap' && <div className={styles.verdict}>{t('codes.umap.mixed')}</div>}
    </>
  );
}
