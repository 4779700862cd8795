/** What of a model can be exported: from samples to samples, from samples to codes, from codes to samples. */
export const EXPORT_PARTS = ['whole', 'encoder', 'decoder'] as const;
export type ExportPart = (typeof EXPORT_PARTS)[number];
