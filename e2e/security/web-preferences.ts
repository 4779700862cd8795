import { expect } from '@playwright/test';
import type { RunningApp } from './assertion';

/** What the window was really given, as Electron tells it at run time. */
export async function webPreferences({ electron }: RunningApp): Promise<Record<string, unknown>> {
  const all = await electron.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      const { getLastWebPreferences } = contents as unknown as { getLastWebPreferences(): object };
      return JSON.parse(JSON.stringify(getLastWebPreferences.call(contents)));
    }),
  );
  expect(all).toHaveLength(1);
  return all[0];
}
