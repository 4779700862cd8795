import { z } from 'zod';
import { filterSchema, SCALINGS } from '../../shared/document/data-reference';
import type { Dataset, FittedScaling, SampleArray } from '../data/dataset';
import { type ShownRange, samplePixels, shownRange, toPixels } from '../data/sample-pixels';
import { gatherRows, inOwnScale } from '../data/sample-rows';
import { fitScaling, scaledRange, scaleSamples } from '../data/scaling';
import { type SharedRows, shareOut } from '../data/share-out';
import type { Tensor } from '../execute/executor';

/** How a data set is shared out and scaled. */
export const sharingSchema = z.strictObject({
  validationShare: z.number().min(0).lt(1),
  seed: z.int().min(0),
  filter: filterSchema.optional(),
  scaling: z.enum(SCALINGS),
});
export type Sharing = z.infer<typeof sharingSchema>;

/** How the window is shown a data set: as the model will see it, so that columns of unlike units can be compared. */
interface DataView {
  readonly rows: SharedRows;
  readonly scaling: FittedScaling | null;
  readonly shown: ShownRange;
}

/** Remembers how the set was shown last, since its pages follow each other. */
export class BrowsedData {
  #last: { readonly id: string; readonly dataset: Dataset; readonly view: DataView } | null = null;

  viewOf(id: string, dataset: Dataset, sharing: Sharing): DataView {
    if (this.#last?.id === id && this.#last.dataset === dataset) return this.#last.view;
    const rows = shareOut(dataset, sharing.filter, sharing);
    const { scaling: kind } = sharing;
    const scales = kind !== 'none' && dataset.train.dtype === 'float32';
    const scaling = scales ? fitScaling(kind, dataset.train, rows.train) : null;
    const shown = shownRange(scaling ? scaledRange(scaling, dataset.train) : dataset.range);
    const view = { rows, scaling, shown };
    this.#last = { id, dataset, view };
    return view;
  }
}

/** The samples at these rows as bytes for the window. @throws RangeError for an unknown row */
export function viewedPixels(
  { scaling, shown }: DataView,
  samples: SampleArray,
  rows: Int32Array,
): Uint8Array {
  if (!scaling) return samplePixels(samples, rows, shown);
  return toPixels(scaleSamples(scaling, samples, rows).values, shown);
}

/** The same samples as numbers, float32 [rows, …sample], as the model will see them. */
export function viewedValues({ scaling }: DataView, samples: SampleArray, rows: Int32Array): Tensor {
  const shape = [rows.length, ...samples.shape];
  if (scaling) {
    return {
      dtype: 'float32',
      shape,
      data: inOwnScale({ data: scaleSamples(scaling, samples, rows).values }),
    };
  }
  return { dtype: 'float32', shape, data: inOwnScale(gatherRows(samples, rows)) };
}
