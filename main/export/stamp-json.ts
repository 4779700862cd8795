import { version } from '../../package.json';
import type { ExportStamp } from './format';

/** What an export's own file says of it. */
export function stampOf(stamp: ExportStamp) {
  return { hourglass: version, ...stamp };
}

/** The same as the text of a file. */
export function stampJson(stamp: ExportStamp): string {
  return `${JSON.stringify(stampOf(stamp), null, 2)}\n`;
}
