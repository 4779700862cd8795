// `npm run e2e`: sets itself up, then runs the journeys. Its arguments are Playwright's, such as `--project=electron`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { journeyNeeds, journeyProjects } from './journeys.mjs';
import { checkNode, ensureBuild, ensurePackages } from './setup.mjs';
import { root, say } from './terminal.mjs';

const args = process.argv.slice(2);
checkNode();
await ensurePackages();
await ensureBuild();

let env = process.env;
const stops = [];
for (const project of chosenProjects()) {
  const found = await journeyNeeds(project);
  if ('reason' in found) {
    say(`The journeys in ${project} can’t run: ${found.reason}.\nCure: ${found.cure}.`);
    process.exit(1);
  }
  env = { ...env, ...found.env };
  stops.push(found.stop);
}

const runner = join(root, 'node_modules/@playwright/test/cli.js');
const child = spawn(process.execPath, [runner, 'test', '--config', 'e2e/playwright.config.ts', ...args], {
  cwd: root,
  env,
  stdio: 'inherit',
});
// Ctrl+C reaches the child by the terminal; this process only waits for it.
process.on('SIGINT', () => {});
child.on('close', (code) => {
  for (const stop of stops) stop();
  process.exit(code ?? 1);
});

/** All of them where none is named. Playwright itself refuses names that it does not know. */
function chosenProjects() {
  const named = [];
  let naming = false;
  for (const arg of args) {
    if (arg.startsWith('--project=')) named.push(arg.slice('--project='.length));
    else if (naming && !arg.startsWith('-')) named.push(arg);
    naming = arg === '--project' || (naming && !arg.startsWith('-'));
  }
  return named.length === 0 ? journeyProjects : journeyProjects.filter((project) => named.includes(project));
}
