/** Which Electron, found by scripts/e2e.mjs. */
export interface ElectronProgram {
  readonly path: string;
  /** The app that is built for it. */
  readonly app: string;
  readonly old: boolean;
}

/** The app packaged with its Electron. */
export interface PackagedProgram {
  readonly path: string;
  readonly app: null;
  readonly old: boolean;
}

/** @throws Error where scripts/e2e.mjs did not say which */
export function electronProgram(): ElectronProgram {
  const { HOURGLASS_ELECTRON: path, HOURGLASS_ELECTRON_APP: app } = process.env;
  if (!path || !app) throw new Error('Which Electron? Run `npm run e2e -- --project=electron`.');
  return { path, app, old: isOld() };
}

/** @throws Error where scripts/e2e.mjs did not say which */
export function packagedProgram(): PackagedProgram {
  const { HOURGLASS_PACKAGED: path } = process.env;
  if (!path) throw new Error('Which package? Run `npm run e2e -- --project=packaged`.');
  return { path, app: null, old: isOld() };
}

function isOld(): boolean {
  return process.env.HOURGLASS_ELECTRON_OLD === '1';
}
