import { join } from 'node:path';
import { DesktopApp } from '../../pages/desktop-app';
import { beginWithDrawing } from '../../shells/begin-with-drawing';
import { Complaints } from '../complaints';
import { test as journey } from '../journey';

interface Surroundings {
  /** Starts the app, with what it kept when it was started before. It is ended with the journey. */
  readonly startApp: (
    files?: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => Promise<DesktopApp>;
}

/** A journey through what only the desktop app has. */
export const test = journey.extend<Surroundings>({
  // The launcher has made Playwright ready for the Electron that is here.
  startApp: async ({ folder, launcher: _ }, use) => {
    const started: DesktopApp[] = [];
    const complaints = new Complaints();
    await use(async (files, env) => {
      beginWithDrawing(join(folder, '.hourglass'));
      const app = await DesktopApp.start(join(folder, '.hourglass'), files, env);
      started.push(app);
      await complaints.listenTo(app.electron.context());
      return app;
    });
    for (const app of started) await app.kill();
    complaints.refuse();
  },
});

export { expect } from '@playwright/test';
