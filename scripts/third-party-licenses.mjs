// Writes dist/third-party-licenses.txt: whose work is bundled or carried in the packaged app, and on what terms.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './terminal.mjs';

const LICENSE = /^(licen[cs]e|copying|notice)/i;

/**
 * @param {Iterable<string>} modules paths of everything that was bundled, relative to the repository or absolute
 * @throws Error where a package does not say on what terms it comes
 */
export function writeThirdPartyLicenses(modules) {
  const folders = new Set(carriedFolders());
  for (const module of modules) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(
      resolve(root, module).replaceAll('\\', '/'),
    )?.[0];
    if (folder && existsSync(join(folder, 'package.json'))) folders.add(folder);
  }
  const packages = [...folders].map(described).sort((a, b) => a.title.localeCompare(b.title, 'en'));
  const parts = packages.map(({ title, terms, text }) => `${title}\n${terms}\n\n${text}`);
  const head =
    'Hourglass contains the work of others, for which we thank them. Electron’s own notices lie beside it.';
  writeFileSync(
    join(root, 'dist/third-party-licenses.txt'),
    [head, ...new Set(parts)].join(`\n\n${'-'.repeat(80)}\n\n`),
  );
}

/** What electron-builder.yml carries besides the bundles. */
function carriedFolders() {
  const text = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
  return [...text.matchAll(/from: (node_modules\/\S+)/g)].flatMap(([, path]) => {
    const folder = join(root, path).replaceAll('\\', '/');
    return existsSync(join(folder, 'package.json'))
      ? [folder]
      : readdirSync(folder).map((name) => `${folder}/${name}`);
  });
}

function described(folder) {
  const { name, version, license, author, homepage } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  if (!license) throw new Error(`The package ${name} does not say on what terms it comes`);
  const names = readdirSync(folder);
  const files = names.filter((file) => LICENSE.test(file));
  // libvips names the licenses of all that is in it there; others have nothing but their manifest.
  if (name.startsWith('@img/sharp-libvips')) files.push('README.md');
  const by = typeof author === 'object' ? author?.name : author;
  return {
    title: `${name} ${version}`,
    terms: [`Licensed under: ${license}`, by && `By ${by}`, homepage].filter(Boolean).join('\n'),
    text: files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n'),
  };
}
