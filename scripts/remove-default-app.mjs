// A hook of electron-builder's: Electron's own page for when it is given no app does not belong into a package. It is
// removed by itself from an Electron that was fetched, but not from one that was given unpacked.
import { rmSync } from 'node:fs';
import { join } from 'node:path';

export default function removeDefaultApp({ appOutDir, packager }) {
  rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
}
