import { z } from 'zod';
import { exportOfferSchema, exportOrderSchema, exportReportSchema } from './export-schemas';
import { trainedModelChoice, trainedModelPlace } from './model-schemas';

const name = z.string().min(1).max(300);

const report = z.object({
  /** Absolute. */
  path: z.string().min(1).max(4_096),
  /** Whether the run's pictures go along, which show the user's data. */
  pictures: z.boolean(),
  /** Whether a file that lies there may be replaced. */
  replace: z.boolean(),
});

/** Calls about taking trained models to other programs. */
export const exportCalls = {
  /** The formats that a trained model can be exported in. @param name what it is called */
  'exports.offers': {
    to: 'host',
    params: z.object({ model: trainedModelChoice, name }),
    result: z.object({ offers: z.array(exportOfferSchema) }),
  },
  /**
   * Writes a trained model where the user has said, and runs it once more. Whole or not at all; cancelling leaves nothing.
   * Ends with EXPORT_EXISTS where something is there that may not be replaced.
   */
  'exports.write': {
    to: 'host',
    params: exportOrderSchema.extend({ model: trainedModelChoice }),
    result: exportReportSchema,
  },
  /** Writes all that is known of a run or of an opened model that is shown as one page. EXPORT_EXISTS as above. */
  'exports.report': {
    to: 'host',
    params: report.extend({ model: trainedModelChoice }),
    result: z.object({ path: z.string(), bytes: z.number() }),
  },
  /** The same. For the host alone, which says where a kept run lies. */
  'model.exportOffers': {
    to: 'engine',
    hostOnly: true,
    params: z.object({ model: trainedModelPlace, name }),
    result: z.object({ offers: z.array(exportOfferSchema) }),
  },
  'model.export': {
    to: 'engine',
    hostOnly: true,
    params: exportOrderSchema.extend({ model: trainedModelPlace }),
    result: exportReportSchema,
  },
  'model.report': {
    to: 'engine',
    hostOnly: true,
    params: report.extend({ model: trainedModelPlace }),
    result: z.object({ bytes: z.number() }),
  },
} as const;
