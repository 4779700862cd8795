import { z } from 'zod';
import { exportOfferSchema, exportOrderSchema, exportReportSchema } from './export-schemas';
import { keptRunId } from './kept-run-id';

const name = z.string().min(1).max(300);

/** Calls about taking trained models to other programs. */
export const exportCalls = {
  /** The formats that a kept run's model can be exported in. @param name what it is called */
  'exports.offers': {
    to: 'host',
    params: z.object({ run: keptRunId, name }),
    result: z.object({ offers: z.array(exportOfferSchema) }),
  },
  /**
   * Writes a kept run's model where the user has said, and runs it once more. Whole or not at all; cancelling leaves nothing.
   * Ends with EXPORT_EXISTS where something is there that may not be replaced.
   */
  'exports.write': {
    to: 'host',
    params: exportOrderSchema.extend({ run: keptRunId }),
    result: exportReportSchema,
  },
  /** The same of a model in a folder. For the host alone, which says where it lies. */
  'model.exportOffers': {
    to: 'engine',
    hostOnly: true,
    params: z.object({ model: z.string(), name }),
    result: z.object({ offers: z.array(exportOfferSchema) }),
  },
  'model.export': {
    to: 'engine',
    hostOnly: true,
    params: exportOrderSchema.extend({ model: z.string() }),
    result: exportReportSchema,
  },
} as const;
