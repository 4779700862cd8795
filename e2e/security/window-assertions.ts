import { expect } from '@playwright/test';
import type { Assertion } from './assertion';

interface Opened {
  /** Windows that there are more than before. */
  readonly windows: number;
  /** What the system was asked to open. */
  readonly outside: readonly string[];
}

/**
 * Tries all ways a page has to open a window. Without a debugger: Chromium 83 holds a page for ever whose refused
 * window a debugger was waiting for.
 */
async function tryToOpen(addresses: readonly string[]): Promise<Opened> {
  const { BrowserWindow, shell }: typeof import('electron') = require('electron');
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const outside: string[] = [];
  shell.openExternal = async (url) => void outside.push(url);
  let contents = BrowserWindow.getAllWindows()[0]?.webContents;
  for (let tries = 0; (!contents || contents.isLoading()) && tries < 100; tries += 1) {
    await pause(100);
    contents = BrowserWindow.getAllWindows()[0]?.webContents;
  }
  if (!contents) throw new Error('There is no window.');
  const before = BrowserWindow.getAllWindows().length;
  for (const address of addresses) {
    await contents.executeJavaScript(`{
      window.open(${JSON.stringify(address)});
      const link = document.createElement('a');
      link.href = ${JSON.stringify(address)};
      link.target = '_blank';
      link.id = 'away';
      link.style.cssText = 'position:fixed;left:300px;top:300px;width:40px;height:40px;z-index:9999';
      document.body.append(link);
      link.click();
    }`);
    // As the system's own mouse does it.
    for (const button of ['left', 'middle'] as const) {
      for (const type of ['mouseDown', 'mouseUp'] as const)
        contents.sendInputEvent({ type, x: 320, y: 320, button, clickCount: 1 });
    }
    await pause(200);
    await contents.executeJavaScript("document.getElementById('away').remove()");
  }
  return { windows: BrowserWindow.getAllWindows().length - before, outside };
}

const LOCK = 'app/electron/lock-down.ts';

export const windowAssertions: readonly Assertion[] = [
  {
    number: 13,
    title: 'the page goes nowhere else, whatever it tries',
    check: async ({ electron, page }) => {
      const before = page.url();
      const addresses = [
        'https://elsewhere.invalid/',
        'file:///etc/passwd',
        'data:text/html,elsewhere',
        'javascript:window.injected=true',
        // What begins like our own address, or hides it.
        'app://hourglass.elsewhere/',
        'app://hourglass@elsewhere/',
        'app://hourglass/assets/',
      ];
      for (const address of addresses) {
        await page.evaluate((href) => {
          window.location.href = href;
        }, address);
        await page.waitForTimeout(100);
        expect(page.url(), address).toBe(before);
      }
      expect(await page.evaluate(() => 'injected' in window)).toBe(false);
      // What Electron asks when a file is dropped where nothing takes it.
      const asked = await electron.evaluate(({ webContents }) => {
        let stopped = false;
        const event = {
          preventDefault: () => {
            stopped = true;
          },
        };
        for (const contents of webContents.getAllWebContents()) {
          Reflect.apply(contents.emit, contents, ['will-navigate', event, 'file:///tmp/dropped.html']);
        }
        return { stopped, urls: webContents.getAllWebContents().map((contents) => contents.getURL()) };
      });
      expect(asked).toEqual({ stopped: true, urls: [before] });
    },
    without: { edits: [{ file: LOCK, from: "contents.on('will-navigate', refuse);", to: '' }] },
  },
  {
    number: 14,
    title: 'no page opens a window',
    check: async (app) => {
      const { windows } = await app.inside(tryToOpen, ['https://elsewhere.invalid/', 'app://hourglass/']);
      expect(windows).toBe(0);
    },
    without: {
      edits: [{ file: LOCK, from: 'contents.setWindowOpenHandler(', to: '((_: unknown) => {})(' }],
    },
  },
  {
    number: 15,
    title: 'no page has anything opened outside',
    check: async (app) => {
      const { outside } = await app.inside(tryToOpen, [
        'file:///etc/passwd',
        'smb://elsewhere.invalid/share',
        'ms-settings:privacy',
        'javascript:alert(1)',
        'https://elsewhere.invalid/',
      ]);
      expect(outside).toEqual([]);
    },
    without: {
      edits: [
        {
          file: LOCK,
          from: "'a page was kept from opening a window');",
          to: "''); require('electron').shell.openExternal(url);",
        },
      ],
    },
  },
  {
    number: 17,
    title: 'every IPC channel hears the top frame of our own page alone, and envelopes alone',
    check: async ({ electron, page }) => {
      const result = await electron.evaluate(({ ipcMain, webContents }) => {
        const [contents] = webContents.getAllWebContents();
        if (!contents) throw new Error('There is no window.');
        const sent: unknown[] = [];
        const { send } = contents;
        contents.send = (...given: unknown[]) => void sent.push(given);
        const frames = [
          { url: 'https://elsewhere.invalid/', parent: null },
          { url: 'app://hourglass.elsewhere/', parent: null },
          { url: 'app://hourglass/', parent: {} },
          { url: 'about:blank', parent: {} },
          null,
        ];
        const good = { connection: 'a-test', kind: 'open' };
        const tell = (channel: string, senderFrame: unknown, given: unknown) => {
          ipcMain.emit(channel, { sender: contents, senderFrame }, given);
        };
        const own = { url: 'app://hourglass/', parent: null };
        const wrong = [
          undefined,
          null,
          7,
          'open',
          {},
          { ...good, kind: 'other' },
          { ...good, extra: 1 },
          { kind: 'open' },
        ];
        // Electron itself listens to what it calls “error”.
        const channels = ipcMain
          .eventNames()
          .map(String)
          .filter((name) => name !== 'error');
        const { _invokeHandlers: answered } = ipcMain as unknown as {
          _invokeHandlers?: Map<string, unknown>;
        };
        for (const channel of channels) {
          for (const frame of frames) tell(channel, frame, good);
          for (const given of wrong) tell(channel, own, given);
        }
        const refused = sent.length;
        tell('hourglass:frames', own, good);
        contents.send = send;
        return {
          channels,
          answered: [...(answered?.keys() ?? [])],
          refused,
          accepted: sent.length - refused,
        };
      });
      // What is accepted shows that the others were refused for what they are.
      expect(result).toEqual({ channels: ['hourglass:frames'], answered: [], refused: 0, accepted: 1 });
      const inFrame = await page.evaluate(() => {
        const frame = document.createElement('iframe');
        document.body.append(frame);
        const given = frame.contentWindow ? 'hourglass' in frame.contentWindow : true;
        frame.remove();
        return given;
      });
      expect(inFrame, 'a frame is given nothing to call with').toBe(false);
    },
    without: {
      edits: [
        { file: 'app/electron/window-frames.ts', from: 'if (!isFromPage(event)) {', to: 'if (false) {' },
      ],
    },
  },
];
