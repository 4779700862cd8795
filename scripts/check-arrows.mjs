// Checks the import arrows with dependency-cruiser, and that it really looked: with an unsupported TypeScript it
// cruises 0 modules and exits 0.
import { join } from 'node:path';
import { root, run } from './terminal.mjs';

const rooms = ['app', 'main', 'renderer', 'shared', 'e2e', 'bench'];
const { output } = await run(
  join(root, 'node_modules', '.bin', 'depcruise'),
  ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...rooms],
  { quiet: true },
);
let report;
try {
  report = JSON.parse(output.slice(output.indexOf('{')));
} catch {
  console.error(`dependency-cruiser gave no report:\n${output}`);
  process.exit(1);
}
const { totalCruised, violations } = report.summary;
const typescript = report.modules.filter((module) =>
  /^(main|shared|renderer|app)\/.*\.tsx?$/.test(module.source),
);
if (typescript.length < 50) {
  console.error(
    `dependency-cruiser saw ${typescript.length} TypeScript modules of ${totalCruised}; expected at least 50.`,
  );
  process.exit(1);
}
for (const { rule, from, to } of violations) console.error(`${rule.severity} ${rule.name}: ${from} → ${to}`);
console.error(`${typescript.length} modules, ${violations.length} violations`);
process.exit(violations.some(({ rule }) => rule.severity === 'error') ? 1 : 0);
