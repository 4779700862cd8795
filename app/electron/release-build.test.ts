import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { expect, it } from 'vitest';
import { repository } from '../host/built-engine';

// The very recipes that `npm run build` and the tests' build use.
const recipes: Readonly<Record<'currentMain' | 'currentPreload' | 'oldMain' | 'oldPreload', BuildOptions>> =
  await import(pathToFileURL(join(repository, 'scripts/electron-programs.mjs')).href);

async function builtFrom(recipe: BuildOptions) {
  const { metafile } = await build({ ...recipe, write: false, metafile: true });
  return metafile;
}

const ofBridge = (path: string) => path.includes('old-electron-bridge') || path.includes('core-js');

it('what users get has nothing of the bridge to the old Electron in it', async () => {
  for (const recipe of [recipes.currentMain, recipes.currentPreload]) {
    const { inputs } = await builtFrom(recipe);
    expect(Object.keys(inputs)).toContain('app/electron/frame-channel.ts');
    expect(Object.keys(inputs).filter(ofBridge)).toEqual([]);
  }
});

it('what the old Electron gets has', async () => {
  const { inputs } = await builtFrom(recipes.oldMain);
  expect(Object.keys(inputs).filter(ofBridge)).toContain('app/electron/old-electron-bridge.ts');
});

it('both are made of the same sources', async () => {
  const ownOf = async (recipe: BuildOptions) =>
    Object.keys((await builtFrom(recipe)).inputs).filter(
      (path) => /^(app|main|shared)\//.test(path) && !ofBridge(path),
    );
  // The bridge itself writes frames.
  const bridged = (path: string) => path !== 'shared/ipc/byte-frame.ts';
  const old = (await ownOf(recipes.oldMain)).filter(bridged);
  expect(old.sort()).toEqual((await ownOf(recipes.currentMain)).filter(bridged).sort());
  const oldPreload = (await ownOf(recipes.oldPreload)).filter(bridged);
  expect(oldPreload.sort()).toEqual((await ownOf(recipes.currentPreload)).filter(bridged).sort());
});

it('the preload needs nothing but Electron, as its sandbox demands', async () => {
  const { outputs } = await builtFrom(recipes.currentPreload);
  const preload = Object.entries(outputs).find(([path]) => path.endsWith('preload.cjs'));
  expect(preload?.[1].imports.map(({ path }) => path)).toEqual(['electron']);
});
