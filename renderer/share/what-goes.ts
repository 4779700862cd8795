import { blockOf } from '../../shared/blocks/catalogue';
import type { GraphDocument } from '../../shared/document/graph-document';
import { dataName } from '../../shared/sharing/shared-document';
import { formatShape } from '../../shared/tensors/shape';
import { t } from '../strings/strings';

/** What of a drawing goes along when it is shared, in sentences, and what stays. */
export interface WhatGoes {
  readonly goes: readonly string[];
  readonly stays: readonly string[];
}

/**
 * @param withPlace whether it also says where the data lie
 * @param model of a drawing that goes with its weights: whether a picture of samples goes along
 */
export function whatGoes(
  document: GraphDocument,
  withPlace: boolean,
  model: { readonly pictures: boolean } | null = null,
): WhatGoes {
  const { data, blocks, notes = [] } = document;
  const layers = blocks.filter(({ type }) => blockOf(type)?.role !== 'input').length;
  const inFiles = data.kind !== 'builtin';
  const named = [
    ...(data.kind === 'table' && data.columns ? data.columns : []),
    ...(data.kind === 'table' && typeof data.label === 'object' ? [data.label.column] : []),
    ...(data.filter?.include ?? []),
    ...(data.filter?.exclude ?? []),
  ].length;
  const place = inFiles && withPlace;
  return {
    goes: [
      notes.length === 0
        ? t('share.goesDrawing', { count: layers })
        : t('share.goesDrawingAndNotes', { count: layers, notes: t('share.notes', { count: notes.length }) }),
      inFiles
        ? t('share.goesData', {
            name: place ? data.path : dataName(data.path),
            shape: formatShape(data.shape),
          })
        : t('share.goesBuiltin'),
      ...(named > 0 ? [t('share.goesNames', { count: named })] : []),
      ...(hasOwnMark(document) ? [t('share.goesMark')] : []),
      // A file with weights has it, so that it is known whether data are those it was trained on.
      ...(model || (place && data.fingerprint !== undefined) ? [t('share.goesFingerprint')] : []),
      ...(model ? [t('share.goesWeights'), t('share.goesHistory')] : []),
      ...(model && data.kind === 'table' ? [t('share.goesColumns')] : []),
      ...(model?.pictures ? [t('share.goesPicture')] : []),
    ],
    stays: [
      ...(inFiles && !place ? [t('share.staysPlace')] : []),
      t(model?.pictures ? 'share.staysOtherSamples' : 'share.staysSamples'),
      t(model ? 'share.staysOtherRuns' : 'share.staysRuns'),
    ],
  };
}

/** Whether a watermark of the drawing is a picture of the user's own. */
function hasOwnMark({ blocks }: GraphDocument): boolean {
  return blocks.some(({ params }) => params.mark === 'picture');
}
