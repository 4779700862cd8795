import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Assertion, Edit, RunningApp } from './assertion';
import { webPreferences } from './web-preferences';

/** Everything of ours that Electron runs: the main program, the preload, the window. */
function builtText(folder: string): string {
  const dist = join(folder, 'dist');
  const programs = ['electron/main.cjs', 'electron/preload.cjs'].map((name) => join(dist, name));
  const window = readdirSync(join(dist, 'window'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(html|js)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return [...programs, ...window].map((path) => readFileSync(path, 'utf8')).join('\n');
}

function setting(to: string): Edit {
  return { file: 'app/electron/open-window.ts', from: 'webviewTag: false,', to: `webviewTag: false, ${to},` };
}

async function staysOff(app: RunningApp, name: string): Promise<void> {
  expect(builtText(app.folder)).not.toContain(name);
  expect((await webPreferences(app))[name] || false).toBe(false);
}

export const settingsAssertions: readonly Assertion[] = [
  {
    number: 6,
    title: 'the same-origin policy is on: no answer of another origin can be read',
    check: async (app) => {
      expect(builtText(app.folder)).not.toContain('webSecurity');
      expect((await webPreferences(app)).webSecurity).not.toBe(false);
      const framed = await app.page.evaluate(async () => {
        const frame = document.createElement('iframe');
        frame.src = 'data:text/html,secret';
        document.body.append(frame);
        await new Promise((resolve) => setTimeout(resolve, 300));
        try {
          return frame.contentDocument?.body.textContent ?? null;
        } catch {
          return null;
        } finally {
          frame.remove();
        }
      });
      expect(framed).not.toBe('secret');
    },
    without: { edits: [setting('webSecurity: false')] },
  },
  {
    number: 8,
    title: 'insecure content is not allowed',
    check: (app) => staysOff(app, 'allowRunningInsecureContent'),
    without: { edits: [setting('allowRunningInsecureContent: true')] },
  },
  {
    number: 9,
    title: 'experimental features are off',
    check: (app) => staysOff(app, 'experimentalFeatures'),
    without: { edits: [setting('experimentalFeatures: true')] },
  },
  {
    number: 10,
    title: 'no Blink feature is switched on',
    check: (app) => staysOff(app, 'enableBlinkFeatures'),
    without: { edits: [setting("enableBlinkFeatures: 'PreciseMemoryInfo'")] },
  },
  {
    number: 11,
    title: 'nothing in the bundle is a <webview> or may open popups',
    check: async ({ folder, page }) => {
      expect(builtText(folder)).not.toMatch(/<webview|allowpopups|createElement\(["'`]webview/i);
      expect(await page.locator('webview').count()).toBe(0);
    },
    without: {
      edits: [{ file: 'index.html', from: '</body>', to: '<webview allowpopups></webview></body>' }],
    },
  },
  {
    number: 12,
    title: 'no <webview> can be attached',
    check: async (app) => {
      expect((await webPreferences(app)).webviewTag).toBe(false);
      const prevented = await app.electron.evaluate(({ webContents }) => {
        let stopped = false;
        const event = {
          preventDefault: () => {
            stopped = true;
          },
        };
        for (const contents of webContents.getAllWebContents()) {
          Reflect.apply(contents.emit, contents, ['will-attach-webview', event, {}, {}]);
        }
        return stopped;
      });
      expect(prevented, 'an attachment that is forced').toBe(true);
    },
    without: {
      edits: [
        {
          file: 'app/electron/lock-down.ts',
          from: "contents.on('will-attach-webview', (event) => event.preventDefault());",
          to: '',
        },
      ],
    },
  },
];
