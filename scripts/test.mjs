// `npm test`: sets itself up, runs every suite, and ends with one line that adds them up.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { journeyNeeds } from './journeys.mjs';
import { ensurePackagedForTests } from './package-for-tests.mjs';
import { checkNode, ensureBuild, ensurePackages } from './setup.mjs';
import { root, run, say } from './terminal.mjs';

const inCi = process.env.CI === 'true' || process.env.CI === '1';
const results = join(root, '.cache', 'test-results');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const tally = { passed: 0, failed: 0, skipped: 0 };
const node = process.execPath;
const largeChecks = [
  ['types: main, app, bench', bin('tsc'), ['-p', '.']],
  ['dead exports and unused dependencies', bin('knip'), ['--no-progress']],
];
const smallChecks = [
  ['types: shared (neither Node nor DOM)', bin('tsc'), ['-p', 'shared']],
  ['types: journeys', bin('tsc'), ['-p', 'e2e']],
  ['types: renderer', bin('tsc'), ['-p', 'renderer']],
  ['format and lint', bin('biome'), ['ci', '--error-on-warnings', '.']],
  ['import arrows', node, ['scripts/check-arrows.mjs']],
  ['no registry address in the lock file', node, ['scripts/check-lock-file.mjs']],
];
/** What could not be tested here, why, and the cure. In CI each counts as a failure. */
const notTested = [];

function cannotTest(what, reason, cure) {
  notTested.push({ what, reason, cure });
  tally[inCi ? 'failed' : 'skipped'] += 1;
}

async function check(name, command, args) {
  const began = Date.now();
  const { code, output } = await run(command, args, { quiet: true });
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  if (code === 0) {
    say(`  ✓ ${name} (${seconds} s)`);
    tally.passed += 1;
  } else {
    say(`  ✗ ${name} (${seconds} s)\n${output}`);
    tally.failed += 1;
  }
}

async function inTurn(checks) {
  for (const [name, command, args] of checks) await check(name, command, args);
}

/** Reads the counts a runner wrote; a runner that wrote none has failed. */
function addUp(suite, code, file, read) {
  let counts;
  try {
    counts = read(readJson(file));
  } catch {
    say(`${suite}: the runner ended (exit ${code}) without a result.`);
    tally.failed += 1;
    return;
  }
  tally.passed += counts.passed;
  tally.failed += counts.failed;
  for (const { title, reason } of counts.skipped) {
    cannotTest(`${suite}: ${title}`, reason, 'see the line the test prints');
  }
  if (code !== 0 && counts.failed === 0) {
    say(`${suite}: every test passed but the runner failed (exit ${code}).`);
    tally.failed += 1;
  }
}

function readVitest(report) {
  const tests = report.testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({
      title: `${file.name.replace(`${root}/`, '')} › ${test.fullName}`,
      status: test.status,
    })),
  );
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: tests.filter((test) => test.status === 'failed').length + brokenFiles,
    skipped: tests
      .filter((test) => ['pending', 'skipped', 'todo', 'disabled'].includes(test.status))
      .map((test) => ({ title: test.title, reason: 'skipped by the test' })),
  };
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

async function runVitest(name, files) {
  const report = join(results, name);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await run(bin('vitest'), ['run', ...reporters, ...files]);
  return { code, report };
}

/** The files of tests some of which began and never came to an end. */
function filesCutOff(report) {
  return readJson(report)
    .testResults.filter(({ assertionResults }) => assertionResults.some(({ status }) => status === 'pending'))
    .map(({ name }) => name.replace(`${root}/`, ''));
}

function readPlaywright(report) {
  const skipped = [];
  const walk = (suite) => {
    for (const spec of suite.specs ?? [])
      for (const test of spec.tests)
        if (test.status === 'skipped')
          skipped.push({ title: spec.title, reason: test.annotations.map((a) => a.description).join('; ') });
        else if (test.status === 'flaky') say(`  passed at the second go only: ${spec.title}`);
    for (const inner of suite.suites ?? []) walk(inner);
  };
  for (const suite of report.suites) walk(suite);
  return {
    passed: report.stats.expected + report.stats.flaky,
    failed: report.stats.unexpected + report.errors.length,
    skipped,
  };
}

checkNode();
await ensurePackages();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

await ensureBuild();
// The network works at it while the cores check; packaging walks through the folder that it is unpacked into.
const acquiring = run(node, ['dist/cli.mjs', 'doctor', '--get'], { quiet: true, limitMs: 900_000 });

say('Checks');
// Two at a time, each on a core.
await Promise.all([inTurn(largeChecks), inTurn(smallChecks)]);

say('\nTensorFlow');
const acquired = await acquiring;
say(acquired.output);
if (acquired.code !== 0) {
  cannotTest(
    'the TensorFlow engine',
    '`hourglass doctor --get` could not get it (its reason is above)',
    'see what doctor says',
  );
}

say('\nPackages');
if (process.platform === 'linux') {
  await check('what users get: contents and fuses', node, ['scripts/check-release-package.mjs']);
} else {
  cannotTest('the contents of the package', 'this check makes one for Linux', 'run it on Linux');
}
const packaged = await ensurePackagedForTests();
if ('reason' in packaged) cannotTest('the size of the package', packaged.reason, packaged.cure);
else await check('a whole package: contents and size', node, ['scripts/package-for-tests.mjs']);

say('\nUnit and engine tests');
const vitest = await runVitest('vitest.json', []);
const died = inCi ? filesCutOff(vitest.report) : [];
if (died.length === 0) addUp('vitest', vitest.code, vitest.report, readVitest);
else {
  // A native runtime that aborts takes the process of the tests with it (TensorFlow's did, until `unshared.ts`). Like a journey,
  // such a file has a second go, which is told.
  say(`\nThe process of these tests died; they have a second go: ${died.join(', ')}`);
  const second = await runVitest('vitest-second.json', died);
  const whole = readJson(vitest.report);
  const rest = whole.testResults.filter(({ name }) => !died.includes(name.replace(`${root}/`, '')));
  whole.testResults = [...rest, ...readJson(second.report).testResults];
  writeFileSync(vitest.report, JSON.stringify(whole));
  // Of the first go only what was asserted counts: that it failed is known.
  addUp('vitest', second.code, vitest.report, readVitest);
}

// The windows of Chromium and of Electron wait more than they work: both together take little longer than one of them.
const together = [await needsOf('chromium'), await needsOf('electron')];
await runJourneys(together.filter(Boolean));
await runJourneys([await needsOf('packaged')].filter(Boolean));

/** What the journeys of a project need; null, and told, where it can't be had. */
async function needsOf(project) {
  const needs = await journeyNeeds(project);
  if (!('reason' in needs)) return { project, ...needs };
  cannotTest(`the journeys in ${project}`, needs.reason, needs.cure);
  return null;
}

/** Runs the journeys of these projects at once. */
async function runJourneys(ready) {
  if (ready.length === 0) return;
  const names = ready.map(({ project }) => project);
  say(`\nJourneys in ${names.join(' and ')}`);
  const report = join(results, `playwright-${names.join('-')}.json`);
  const options = ['--config', 'e2e/playwright.config.ts', '--reporter=list,json'];
  const env = Object.assign({ PLAYWRIGHT_JSON_OUTPUT_FILE: report }, ...ready.map((needs) => needs.env));
  const projects = names.map((name) => `--project=${name}`);
  const { code } = await run(bin('playwright'), ['test', ...options, ...projects], { env });
  for (const { stop } of ready) stop();
  addUp(`journeys in ${names.join(' and ')}`, code, report, readPlaywright);
}

if (notTested.length > 0) {
  say(`\nNOT TESTED${inCi ? ' (a failure in CI)' : ''}:`);
  for (const { what, reason, cure } of notTested) say(`  ${what}\n    because ${reason}\n    cure: ${cure}`);
}
process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped\n`);
process.exitCode = tally.failed > 0 ? 1 : 0;
