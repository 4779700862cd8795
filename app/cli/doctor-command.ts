import { reportEngines } from '../../main/execute/engines';
import type { CliIo } from './cli-io';
import { EXIT } from './exit-code';
import { getTensorFlow } from './get-tensorflow';
import { textTable } from './text-table';

/**
 * `hourglass doctor [--get]`: which engine new runs use, which versions, how to get the missing.
 *
 * @returns 1 where TensorFlow was to be fetched and could not be
 */
export async function doctor(get: boolean, io: CliIo): Promise<number> {
  const got = get ? await getTensorFlow(io, { again: true }) : true;
  const report = await reportEngines();
  const rows = report.available.map(({ name, version, device, threads }) => [
    name,
    version,
    `${device === 'cpu' ? 'processor only' : device}, ${threads} threads`,
    name === report.active.name ? 'in use' : '',
  ]);
  io.out(textTable(rows));
  for (const { name, reason, cure } of report.missing) {
    io.out(`\n${name} is missing: ${reason}.\n  ${cure}\n`);
    if (name === 'tensorflow' && !get) io.out('  “hourglass doctor --get” tries to fetch it now.\n');
  }
  io.out(`\nNode ${report.node}, ${process.platform}-${process.arch}, ${report.cores} cores\n`);
  return got ? EXIT.ok : EXIT.problem;
}
