import { useCallback } from 'react';
import { useDocument } from '../state/document-store';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import { Section } from './field';
import { PREVIEWED, SamplePreview } from './sample-preview';

/** Real samples, and under each what a corrupting block makes of it. */
export function CorruptionPreview({ blockId }: { readonly blockId: string }) {
  const document = useDocument((state) => state.history.present);
  const ask = useCallback(
    async (datasetId: string) => {
      const params = { datasetId, document: { ...document }, blockId, count: PREVIEWED };
      const { originals, corrupted } = await call('data.corrupted', params);
      return [
        { label: t('preview.sample'), samples: originals },
        { label: t('preview.corrupted'), samples: corrupted },
      ];
    },
    [document, blockId],
  );
  return (
    <Section title={t('preview.title')}>
      <SamplePreview ask={ask} />
    </Section>
  );
}
