// Runs electron-builder (electron-builder.yml), which packages an app's folder around an Electron.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './terminal.mjs';

/**
 * @param {object} order
 * @param {string} order.output where everything goes that is made; emptied first
 * @param {string} [order.appFolder] the folder that is packaged, with its package.json
 * @param {{folder: string, version: string}} [order.electron] an unpacked Electron, in place of the one it would fetch
 * @param {object} [order.changes] what is otherwise than in electron-builder.yml
 * @param {readonly string[]} [order.words] more of its own arguments
 * @param {boolean} [order.quiet] keeps what it says for `output`
 * @returns {Promise<{code: number, output: string}>}
 */
export async function packageApp({
  output,
  appFolder = root,
  electron,
  changes = {},
  words = [],
  quiet = false,
}) {
  rmSync(output, { recursive: true, force: true });
  const configuration = join(root, '.cache', `electron-builder-${process.pid}.json`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  const given = electron && {
    electronDist: electron.folder,
    electronVersion: electron.version,
    afterPack: join(root, 'scripts/remove-default-app.mjs'),
  };
  const directories = { output, buildResources: join(root, 'app/electron/resources') };
  writeFileSync(
    configuration,
    JSON.stringify({ extends: join(root, 'electron-builder.yml'), directories, ...given, ...changes }),
  );
  try {
    return await run(
      join(root, 'node_modules/.bin/electron-builder'),
      ['--project', appFolder, '--config', configuration, '--publish', 'never', ...words],
      // Nobody signs by accident with a certificate that lies on this machine.
      { quiet, env: { CSC_IDENTITY_AUTO_DISCOVERY: process.env.CSC_LINK ? 'true' : 'false' } },
    );
  } finally {
    rmSync(configuration, { force: true });
  }
}

/**
 * The unpacked app in what was made: its folder, where its resources are in it, and its program.
 * @returns {{folder: string, resources: string, program: string} | null}
 */
export function unpackedApp(output) {
  const names = readdirSync(output);
  const mac = names.find((name) => /^mac(-|$)/.test(name));
  if (mac) {
    const folder = join(output, mac, 'Hourglass.app');
    const program = join(folder, 'Contents/MacOS/Hourglass');
    return { folder, resources: join(folder, 'Contents/Resources'), program };
  }
  const unpacked = names.find((name) => /^(linux|win)(-\w+)?-unpacked$/.test(name));
  if (!unpacked) return null;
  const folder = join(output, unpacked);
  const program = join(folder, unpacked.startsWith('win') ? 'Hourglass.exe' : 'hourglass');
  return { folder, resources: join(folder, 'resources'), program };
}
