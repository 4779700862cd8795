import { expect } from '@playwright/test';
import type {} from '../../renderer/connection/connect';
import type { Assertion, Edit } from './assertion';
import { webPreferences } from './web-preferences';

const WINDOW = 'app/electron/open-window.ts';
const LOCK = 'app/electron/lock-down.ts';
const HEADERS = 'app/host/security-headers.ts';

const isolation: Edit = { file: WINDOW, from: 'contextIsolation: true,', to: 'contextIsolation: false,' };
const sandbox: Edit = { file: WINDOW, from: 'sandbox: true,', to: 'sandbox: false,' };
/** The window may load whatever from wherever. */
const openPolicy: readonly Edit[] = [
  { file: HEADERS, from: `"default-src 'none'"`, to: `'default-src *'` },
  { file: HEADERS, from: `"img-src 'self' blob: data:"`, to: `'img-src *'` },
  { file: HEADERS, from: `["connect-src 'self'", ...sockets].join(' ')`, to: `'connect-src *'` },
];

export const pageAssertions: readonly Assertion[] = [
  {
    number: 1,
    title: 'nothing is asked of anything but app://',
    check: async ({ electron, page }) => {
      await electron.evaluate(({ session }) => {
        const kept = globalThis as unknown as { asked: string[] };
        kept.asked = [];
        session.defaultSession.webRequest.onBeforeRequest((details, answer) => {
          kept.asked.push(details.url);
          answer({});
        });
      });
      // Out of the page's memory nothing is asked for again.
      await Promise.all([
        page.waitForEvent('load'),
        electron.evaluate(({ webContents }) => {
          for (const contents of webContents.getAllWebContents()) contents.reloadIgnoringCache();
        }),
      ]);
      await page.evaluate(async () => {
        const elsewhere = 'https://elsewhere.invalid/';
        new Image().src = `${elsewhere}picture.png`;
        navigator.sendBeacon(`${elsewhere}beacon`);
        const script = document.createElement('script');
        script.src = `${elsewhere}script.js`;
        const style = document.createElement('link');
        style.rel = 'stylesheet';
        style.href = `${elsewhere}style.css`;
        document.head.append(script, style);
        for (const address of [elsewhere, 'http://192.0.2.1/']) await fetch(address).catch(() => {});
        try {
          new WebSocket('wss://elsewhere.invalid/').close();
        } catch {
          // Refused at once.
        }
        await new Promise((resolve) => setTimeout(resolve, 300));
      });
      const asked = await electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
      expect(asked.length, 'the page’s own files').toBeGreaterThan(1);
      expect(
        asked.filter((url) => !/^(app:\/\/hourglass\/|blob:app:\/\/hourglass\/|data:)/.test(url)),
      ).toEqual([]);
    },
    without: { edits: openPolicy },
  },
  {
    number: 2,
    title: 'no frame and no worker has Node',
    check: async (app) => {
      const found = await app.page.evaluate(() => {
        const frame = document.createElement('iframe');
        document.body.append(frame);
        const names = ['require', 'process', 'module', 'exports', 'Buffer', 'global', '__dirname'];
        const of = (scope: Window) => names.filter((name) => name in scope);
        const all = [...of(window), ...(frame.contentWindow ? of(frame.contentWindow) : ['no frame'])];
        frame.remove();
        return all;
      });
      expect(found).toEqual([]);
      const { nodeIntegration, nodeIntegrationInWorker, nodeIntegrationInSubFrames } =
        await webPreferences(app);
      expect([nodeIntegration, nodeIntegrationInWorker, nodeIntegrationInSubFrames].map(Boolean)).toEqual([
        false,
        false,
        false,
      ]);
    },
    without: {
      edits: [
        isolation,
        sandbox,
        { file: WINDOW, from: 'nodeIntegration: false,', to: 'nodeIntegration: true,' },
      ],
    },
  },
  {
    number: 3,
    title: 'page and preload have worlds of their own',
    check: async (app) => {
      expect((await webPreferences(app)).contextIsolation).toBe(true);
      const seen = await app.page.evaluate(async () => {
        let calls = 0;
        const { push } = Array.prototype;
        const { set } = Map.prototype;
        // A preload that lived in this world would use these.
        Array.prototype.push = function (...given) {
          if (new Error().stack?.includes('preload')) calls += 1;
          return push.apply(this, given);
        };
        Map.prototype.set = function (key, value) {
          if (new Error().stack?.includes('preload')) calls += 1;
          return set.call(this, key, value);
        };
        try {
          const transport = await window.hourglass?.openTransport();
          transport?.close('a test is over');
          return { calls, opened: transport !== undefined };
        } finally {
          Array.prototype.push = push;
          Map.prototype.set = set;
        }
      });
      expect(seen).toEqual({ calls: 0, opened: true });
    },
    without: { edits: [isolation] },
  },
  {
    number: 5,
    title: 'camera, microphone, place, notifications, clipboard and devices are denied',
    check: async ({ page, version }) => {
      const answers = await page.evaluate(async () => {
        const stateOf = (name: string) =>
          navigator.permissions.query({ name: name as PermissionName }).then(
            ({ state }) => state,
            (error: Error) => error.message,
          );
        const nameOf = (work: Promise<unknown>) =>
          work.then(
            () => 'granted',
            (error: Error) => error.name,
          );
        const { usb } = navigator as unknown as { usb: { requestDevice(o: object): Promise<unknown> } };
        return {
          camera: await stateOf('camera'),
          cameraUsed: await nameOf(navigator.mediaDevices.getUserMedia({ video: true })),
          microphone: await stateOf('microphone'),
          microphoneUsed: await nameOf(navigator.mediaDevices.getUserMedia({ audio: true })),
          place: await stateOf('geolocation'),
          placeUsed: await new Promise((resolve) =>
            navigator.geolocation.getCurrentPosition(
              () => resolve('granted'),
              ({ code }) => resolve(code),
            ),
          ),
          notifications: await Notification.requestPermission(),
          clipboard: await stateOf('clipboard-read'),
          clipboardUsed: await nameOf(navigator.clipboard.readText()),
          usb: await nameOf(usb.requestDevice({ filters: [] })),
        };
      });
      // Electron 9 answers the bare question with “granted” whatever is decided when it comes to the use.
      const asked = Number.parseInt(version, 10) < 22 ? expect.any(String) : 'denied';
      expect(answers).toEqual({
        camera: asked,
        cameraUsed: 'NotAllowedError',
        microphone: asked,
        microphoneUsed: 'NotAllowedError',
        place: asked,
        placeUsed: 1,
        notifications: 'denied',
        clipboard: asked,
        clipboardUsed: 'NotAllowedError',
        usb: expect.stringMatching(/^(SecurityError|NotAllowedError|NotFoundError)$/),
      });
    },
    without: {
      edits: [
        {
          file: LOCK,
          from: 'session.setPermissionRequestHandler((_, __, answer) => answer(false));',
          to: '',
        },
        { file: LOCK, from: 'session.setPermissionCheckHandler(() => false);', to: '' },
      ],
    },
  },
  {
    number: 7,
    title: 'the Content Security Policy runs the app’s own scripts alone',
    check: async ({ page }) => {
      const policy = await page.evaluate(async () =>
        (await fetch('/')).headers.get('content-security-policy'),
      );
      const directives = new Map((policy ?? '').split('; ').map((text) => [text.split(' ')[0], text]));
      expect(directives.get('default-src')).toBe("default-src 'none'");
      expect(directives.get('script-src')).toBe("script-src 'self'");
      const tried = await page.evaluate(async () => {
        const violations: string[] = [];
        const note = (event: SecurityPolicyViolationEvent) => void violations.push(event.effectiveDirective);
        document.addEventListener('securitypolicyviolation', note);
        const script = document.createElement('script');
        script.textContent = 'window.injected = true';
        document.head.append(script);
        await new Promise((resolve) => setTimeout(resolve, 200));
        document.removeEventListener('securitypolicyviolation', note);
        script.remove();
        return { ran: 'injected' in window, violations };
      });
      expect(tried.ran).toBe(false);
      expect(tried.violations).toHaveLength(1);
      expect(tried.violations[0]).toMatch(/^script-src/);
    },
    without: {
      edits: [{ file: HEADERS, from: `"script-src 'self'"`, to: `"script-src 'self' 'unsafe-inline'"` }],
    },
  },
  {
    number: 18,
    title: 'the page is at app://, and the scheme gives out the window’s files alone',
    check: async ({ page }) => {
      const answers = await page.evaluate(async () => {
        const ask = (address: string) =>
          fetch(address).then(
            async (answer) => `${answer.status} ${(await answer.text()).slice(0, 60)}`,
            () => 'refused',
          );
        const outside = [
          'file:///etc/passwd',
          'app://hourglass/../electron/main.cjs',
          'app://hourglass/%2e%2e/electron/main.cjs',
          'app://hourglass/..%2felectron/main.cjs',
          'app://hourglass/..%5celectron%5cmain.cjs',
          'app://hourglass//etc/passwd',
          'app://hourglass/outside.txt',
        ];
        return { own: await ask('/index.html'), others: await Promise.all(outside.map(ask)) };
      });
      expect(new URL(page.url()).href).toBe('app://hourglass/');
      expect(answers.own).toMatch(/^200 <!doctype html>/i);
      for (const answer of answers.others) expect(answer).toMatch(/^(404|refused)/);
    },
    without: {
      edits: [
        {
          file: 'app/electron/window-answer.ts',
          from: 'const file = path === null ? undefined : files.get(path);',
          to: `const file = path === null || path === '/' ? files.get('/') : { type: 'text/html', read: () =>
            require('fs').promises.readFile(require('path').join(__dirname, '../window', decodeURIComponent(path))) };`,
        },
      ],
    },
  },
  {
    number: 20,
    title: 'the page is given these few functions, and never Electron’s own objects',
    check: async ({ page }) => {
      const given = await page.evaluate(async () => {
        const api = window.hourglass as unknown as Record<string, unknown> | undefined;
        if (!api) return null;
        const transport = await (window.hourglass as NonNullable<typeof window.hourglass>).openTransport();
        const heard = await new Promise<unknown>((resolve) => {
          transport.onMessage((...all: unknown[]) => resolve(all));
          transport.post({ nonsense: true });
          transport.onClose((...all: unknown[]) => resolve(all));
        });
        const names = new Set<string>();
        for (let at: object | null = window; at; at = Object.getPrototypeOf(at)) {
          for (const name of Object.getOwnPropertyNames(at)) names.add(name);
        }
        return {
          functions: Object.entries(api).map(([name, value]) => `${name}: ${typeof value}`),
          frozen: Object.isFrozen(api),
          transport: Object.keys(transport).sort(),
          heard: JSON.parse(JSON.stringify(heard)),
          leaked: [...names].filter((name) => /ipc|electron/i.test(name)),
        };
      });
      expect(given).toEqual({
        functions: ['openTransport: function', 'droppedPath: function'],
        frozen: true,
        transport: ['close', 'onClose', 'onMessage', 'post'],
        heard: [expect.any(String)],
        leaked: [],
      });
    },
    without: {
      edits: [
        {
          file: 'app/electron/preload.ts',
          from: 'Object.freeze({ openTransport, droppedPath })',
          to: 'Object.freeze({ openTransport, droppedPath, ipcRenderer: { send: ipcRenderer.send } })',
        },
      ],
    },
  },
];
