// Whether the Electron that is packaged is one that still gets mended (Electron's security checklist, 16): of the three
// newest majors, and at most 60 days behind the newest. `node scripts/electron-age.mjs` asks the npm registry.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './terminal.mjs';

const SUPPORTED_MAJORS = 3;
const MOST_DAYS = 60;
const DAY_MS = 86_400_000;

/**
 * @param {string} version the one that is packaged
 * @param {Readonly<Record<string, string>>} published when each version was published, as `npm view electron time` tells
 * @returns {{ok: boolean, sentence: string}}
 */
export function electronAge(version, published) {
  const stable = Object.keys(published)
    .filter((each) => /^\d+\.\d+\.\d+$/.test(each))
    .sort(compareVersions);
  const newest = stable.at(-1);
  if (!newest) return { ok: false, sentence: 'No published version of Electron could be found.' };
  if (!(version in published)) return { ok: false, sentence: `Electron ${version} was never published.` };
  const major = Number.parseInt(version, 10);
  const oldestSupported = Number.parseInt(newest, 10) - SUPPORTED_MAJORS + 1;
  const cure = `Take Electron ${newest}: npm install --save-dev --save-exact electron@${newest}`;
  if (major < oldestSupported) {
    return {
      ok: false,
      sentence: `Electron ${version} is not supported any more; ${oldestSupported} is the oldest that is. ${cure}`,
    };
  }
  const days = Math.max(0, (Date.parse(published[newest]) - Date.parse(published[version])) / DAY_MS);
  const behind = `Electron ${version} is ${Math.floor(days)} days behind the newest, ${newest}`;
  return days > MOST_DAYS
    ? { ok: false, sentence: `${behind}; ${MOST_DAYS} is the most. ${cure}` }
    : { ok: true, sentence: `${behind}.` };
}

/**
 * Asks npm's registry.
 * @param {string} version by default the one that package.json names
 * @returns {Promise<{ok: boolean | null, sentence: string}>} `ok` is null where the registry can't be asked
 */
export async function packagedElectronAge(version = namedElectron()) {
  const { code, output } = await run('npm', ['view', 'electron', 'time', '--json'], {
    quiet: true,
    limitMs: 60_000,
  });
  try {
    if (code !== 0) throw new Error(output);
    return electronAge(version, JSON.parse(output.slice(output.indexOf('{'))));
  } catch {
    return {
      ok: null,
      sentence: 'Whether its Electron is new enough could not be found out: npm’s registry was not reached.',
    };
  }
}

function namedElectron() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.electron;
}

function compareVersions(a, b) {
  const [one, other] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < 3; i += 1) if (one[i] !== other[i]) return one[i] - other[i];
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { ok, sentence } = await packagedElectronAge();
  console.log(sentence);
  process.exitCode = ok === true ? 0 : 1;
}
