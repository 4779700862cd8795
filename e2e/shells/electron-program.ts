/** Which Electron, found by scripts/e2e.mjs. */
export interface ElectronProgram {
  readonly path: string;
  /** The app that is built for it. */
  readonly app: string;
  readonly old: boolean;
}

/** @throws Error where scripts/e2e.mjs did not say which */
export function electronProgram(): ElectronProgram {
  const { HOURGLASS_ELECTRON: path, HOURGLASS_ELECTRON_APP: app, HOURGLASS_ELECTRON_OLD: old } = process.env;
  if (!path || !app) throw new Error('Which Electron? Run `npm run e2e -- --project=electron`.');
  return { path, app, old: old === '1' };
}
