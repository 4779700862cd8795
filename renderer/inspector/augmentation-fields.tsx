import { useCallback } from 'react';
import {
  type Augmentation,
  augmentationOf,
  augmentationParameters,
  NO_AUGMENTATION,
} from '../../shared/augmentation/augmentation';
import type { ParameterEntries, ParameterValue } from '../../shared/blocks/parameter';
import { setTraining } from '../../shared/document/edits';
import { isPicture, type Shape } from '../../shared/tensors/shape';
import { FixButtons } from '../problems/fix-buttons';
import { edit, useDocument } from '../state/document-store';
import { useDrawing } from '../state/drawing';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import { Section } from './field';
import styles from './inspector.module.css';
import { ParameterControl } from './parameter-control';
import { PREVIEWED, SamplePreview } from './sample-preview';

/** How many times each sample of the preview is augmented. */
const TIMES = 2;

/** What training does to its samples at random, and what that looks like. */
export function AugmentationFields() {
  const shape = useDocument((state) => state.history.present.data.shape);
  const augmentation = useDocument((state) => state.history.present.training.augmentation);
  const problems = useDrawing().problems.filter(({ where }) => where?.path === 'training.augmentation');
  const present = augmentation ?? NO_AUGMENTATION;
  const change = (name: string, value: ParameterValue) =>
    edit((document) => setTraining(document, { augmentation: { ...present, [name]: value } }));
  return (
    <Section title={t('augmentation.title')}>
      {problems.map((problem) => (
        <div key={problem.code} className={styles.problem} data-severity={problem.severity}>
          {problem.message}
          <FixButtons problem={problem} />
        </div>
      ))}
      {shape.length < 2 && problems.length === 0 && (
        <p className={styles.text}>{t('augmentation.notForRows')}</p>
      )}
      {Object.entries(entriesFor(shape)).map(([name, entry]) => (
        <ParameterControl
          key={name}
          entry={entry}
          value={present[name as keyof Augmentation]}
          onChange={(value) => change(name, value)}
        />
      ))}
      {augmentationOf(augmentation, shape) && <AugmentationPreview />}
    </Section>
  );
}

/** What is offered for samples of a shape: a series has one axis, and rows of values none. */
function entriesFor(shape: Shape): ParameterEntries {
  if (isPicture(shape)) return augmentationParameters;
  if (shape.length < 2) return {};
  const { shift, flip } = augmentationParameters;
  const [none, horizontal] = flip.options;
  if (!none || !horizontal) return {};
  const reversal = { ...horizontal, label: t('augmentation.endToStart') };
  return { shift: { ...shift, unit: t('augmentation.steps') }, flip: { ...flip, options: [none, reversal] } };
}

function AugmentationPreview() {
  const document = useDocument((state) => state.history.present);
  const ask = useCallback(
    async (datasetId: string) => {
      const params = { datasetId, document: { ...document }, count: PREVIEWED, times: TIMES };
      const { originals, augmented } = await call('data.augmented', params);
      return [
        { label: t('preview.sample'), samples: originals },
        ...Array.from({ length: TIMES }, (_, time) => ({
          label: t('preview.augmented', { time: time + 1 }),
          samples: augmented,
          from: time * originals.count,
        })),
      ];
    },
    [document],
  );
  return <SamplePreview ask={ask} />;
}
