import type { ExportPart } from '../../shared/export/export-part';

/** What goes into exports and comes out of them, by the names that all formats give them. */
export const SAMPLES = 'samples';
export const CODES = 'codes';
export const RECONSTRUCTIONS = 'reconstructions';

/** What goes into a part and comes out of it. */
export function endsOfPart(part: ExportPart): { readonly input: string; readonly output: string } {
  return {
    input: part === 'decoder' ? CODES : SAMPLES,
    output: part === 'encoder' ? CODES : RECONSTRUCTIONS,
  };
}
