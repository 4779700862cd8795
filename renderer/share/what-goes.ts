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

/** @param withPlace whether it also says where the data lie */
export function whatGoes(document: GraphDocument, withPlace: boolean): WhatGoes {
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
      ...(place && data.fingerprint !== undefined ? [t('share.goesFingerprint')] : []),
    ],
    stays: [
      ...(inFiles && !place ? [t('share.staysPlace')] : []),
      t('share.staysSamples'),
      t('share.staysRuns'),
    ],
  };
}

/** Whether a watermark of the drawing is a picture of the user's own. */
function hasOwnMark({ blocks }: GraphDocument): boolean {
  return blocks.some(({ params }) => params.mark === 'picture');
}
