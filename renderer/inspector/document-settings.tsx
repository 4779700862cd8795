import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import {
  type Hyperparameters,
  hyperparametersOf,
  renameDocument,
  setHyperparameters,
  setTraining,
} from '../../shared/document/edits';
import type { TrainingSettings } from '../../shared/document/graph-document';
import { newOptimizer, optimizers } from '../../shared/optimizers/catalogue';
import { newSchedule, schedules } from '../../shared/schedules/catalogue';
import { edit, useDocument } from '../state/document-store';
import { useDrawing } from '../state/drawing';
import { t } from '../strings/strings';
import { AugmentationFields } from './augmentation-fields';
import { ChosenFields } from './chosen-fields';
import { Field, Section } from './field';
import styles from './inspector.module.css';
import { LossSumFields } from './loss-sum-fields';
import { NumberSetting } from './number-field';
import { RateFinder } from './rate-finder';
import { TaskField } from './task-field';

/** What belongs to the drawing as a whole. */
export function DocumentSettings() {
  return (
    <>
      <div className={styles.head}>
        <h2 className={styles.title}>{t('inspector.drawing')}</h2>
      </div>
      <Section title={t('inspector.document')}>
        <NameField />
        <TaskField />
      </Section>
      <HyperparameterFields />
      <TrainingFields />
      <AugmentationFields />
    </>
  );
}

function NameField() {
  const name = useDocument((state) => state.history.present.name);
  const [draft, setDraft] = useState(name);
  useEffect(() => setDraft(name), [name]);
  const finish = () => {
    const trimmed = draft.trim();
    if (trimmed === '') setDraft(name);
    else if (trimmed !== name) edit((document) => renameDocument(document, trimmed));
  };
  return (
    <Field label={t('inspector.name')}>
      {(id) => (
        <TextInput
          id={id}
          value={draft}
          maxLength={200}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={finish}
          onKeyDown={(event) => event.key === 'Enter' && finish()}
        />
      )}
    </Field>
  );
}

function HyperparameterFields() {
  const document = useDocument((state) => state.history.present);
  const { codeSize, layerCount, widths } = hyperparametersOf(document);
  const change = (next: Partial<Hyperparameters>) => edit((doc) => setHyperparameters(doc, next));
  return (
    <Section title={t('inspector.hyper.title')}>
      <NumberSetting
        label={t('inspector.hyper.codeSize')}
        help={t('inspector.hyper.codeSizeHelp')}
        value={codeSize ?? 0}
        min={1}
        max={65_536}
        step={1}
        whole
        onChange={(value) => change({ codeSize: value })}
      />
      <NumberSetting
        label={t('inspector.hyper.layers')}
        help={t('inspector.hyper.layersHelp')}
        value={layerCount}
        min={0}
        max={16}
        step={1}
        whole
        onChange={(value) => change({ layerCount: value })}
      />
      <Field label={t('inspector.hyper.nodes')} help={t('inspector.hyper.nodesHelp')}>
        {(id) => <WidthsField id={id} widths={widths} onChange={(next) => change({ widths: next })} />}
      </Field>
      <LossSumFields output={document.output} onFirst={(loss) => change({ loss })} />
    </Section>
  );
}

interface WidthsFieldProps {
  readonly id: string;
  readonly widths: readonly number[];
  readonly onChange: (widths: number[]) => void;
}

function WidthsField({ id, widths, onChange }: WidthsFieldProps) {
  const written = widths.join(', ');
  const [draft, setDraft] = useState(written);
  useEffect(() => setDraft(written), [written]);
  const finish = () => {
    const numbers = draft
      .split(/[\s,;]+/)
      .filter((word) => word !== '')
      .map(Number);
    if (numbers.some((number) => !Number.isInteger(number) || number < 1)) setDraft(written);
    else if (numbers.join(', ') !== written) onChange(numbers);
  };
  return (
    <TextInput
      id={id}
      value={draft}
      placeholder={t('inspector.hyper.none')}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => event.key === 'Enter' && finish()}
    />
  );
}

function TrainingFields() {
  const training = useDocument((state) => state.history.present.training);
  const change = (next: Partial<TrainingSettings>) => edit((document) => setTraining(document, next));
  const warning = useDrawing().problems.find(({ code }) => code === 'LEARNING_RATE_HIGH');
  const stack = useDrawing().problems.find(({ code }) => code === 'STACK_IMPOSSIBLE');
  return (
    <Section title={t('inspector.training.title')}>
      <ChosenFields
        label={t('inspector.training.optimizer')}
        help={t('inspector.training.optimizerHelp')}
        catalogue={optimizers}
        value={training.optimizer}
        create={newOptimizer}
        onChange={(optimizer) => change({ optimizer })}
      />
      <NumberSetting
        label={t('inspector.training.learningRate')}
        help={t('inspector.training.learningRateHelp')}
        note={warning?.message}
        value={training.learningRate}
        min={1e-7}
        max={Number.MAX_VALUE}
        step={stepFor(training.learningRate)}
        onChange={(value) => change({ learningRate: value })}
      />
      <RateFinder />
      <ChosenFields
        label={t('inspector.training.schedule')}
        help={t('inspector.training.scheduleHelp')}
        catalogue={schedules}
        value={training.schedule}
        create={newSchedule}
        onChange={(schedule) => change({ schedule })}
      />
      <NumberSetting
        label={t('inspector.training.clip')}
        help={t('inspector.training.clipHelp')}
        value={training.clipNorm ?? 0}
        min={0}
        max={1e6}
        step={0.1}
        onChange={(value) => change({ clipNorm: value > 0 ? value : undefined })}
      />
      <NumberSetting
        label={t('inspector.training.batchSize')}
        help={t('inspector.training.batchSizeHelp')}
        value={training.batchSize}
        min={1}
        max={65_536}
        step={1}
        whole
        onChange={(value) => change({ batchSize: value })}
      />
      <NumberSetting
        label={t('inspector.training.epochs')}
        help={t('inspector.training.epochsHelp')}
        value={training.epochs}
        min={1}
        max={100_000}
        step={1}
        whole
        onChange={(value) => change({ epochs: value })}
      />
      <NumberSetting
        label={t('inspector.training.pretraining')}
        help={t('inspector.training.pretrainingHelp')}
        note={stack?.message}
        value={training.pretraining?.epochs ?? 0}
        min={0}
        max={100_000}
        step={1}
        whole
        unit={t('inspector.training.epochsUnit')}
        onChange={(epochs) => change({ pretraining: { epochs } })}
      />
      <NumberSetting
        label={t('inspector.training.patience')}
        help={t('inspector.training.patienceHelp')}
        value={training.patience}
        min={0}
        max={100_000}
        step={1}
        whole
        unit={t('inspector.training.epochsUnit')}
        onChange={(value) => change({ patience: value })}
      />
      <NumberSetting
        label={t('inspector.training.validation')}
        help={t('inspector.training.validationHelp')}
        value={Number((training.validationShare * 100).toPrecision(6))}
        min={0}
        max={90}
        step={1}
        unit="%"
        onChange={(value) => change({ validationShare: value / 100 })}
      />
      <NumberSetting
        label={t('inspector.training.seed')}
        help={t('inspector.training.seedHelp')}
        value={training.seed}
        min={0}
        max={2 ** 32 - 1}
        step={1}
        whole
        onChange={(value) => change({ seed: value })}
      />
    </Section>
  );
}

/** A tenth of the number's leading digit: 0.0001 for 0.001, so that the arrow keys suit every size. */
function stepFor(value: number): number {
  return 10 ** (Math.floor(Math.log10(value)) - 1);
}
