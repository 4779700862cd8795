import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, Menu, session } from 'electron';
import envPaths from 'env-paths';
import { faultReport } from '../../main/engine/fault-report';
import { serve } from '../../shared/ipc/server';
import { EngineHost } from '../host/engine-host';
import { sayEngine, sayTensorFlow } from '../host/engine-lines';
import { hostHandlers } from '../host/host-handlers';
import { openHostLog } from '../host/host-log';
import { keptFiles } from '../host/kept-files';
import { TensorFlowFetch } from '../host/tensorflow-fetch';
import { confinePages, denyPermissions } from './lock-down';
import { openWindow } from './open-window';
import { startUtilityProcess } from './utility-process';
import { carryFrames } from './window-frames';
import { registerScheme, serveWindow } from './window-protocol';

// The entry of the desktop app. Everything it needs lies in the app's folder: dist/ and examples/.
const folder = app.getAppPath();
/** Programs of their own, which a packaged app keeps beside its archive (electron-builder.yml, asarUnpack). */
const programs = join(folder.replace(/\bapp\.asar$/, 'app.asar.unpacked'), 'dist');

registerScheme();
// One app a user: a second one shows the window of the first and ends.
if (app.requestSingleInstanceLock()) {
  // A sandbox for every page, whatever a window asks for; where there can be none (root), each still asks for its own.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.whenReady().then(start).catch(fail);
} else {
  app.quit();
}

async function start(): Promise<void> {
  const paths = envPaths('hourglass', { suffix: '' });
  const log = await openHostLog(join(paths.log, 'host.log'));
  const report = faultReport(log);
  process.on('uncaughtException', (error) => report(error, 'the main process'));
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  const engine = new EngineHost({
    startProcess: () => startUtilityProcess(join(programs, 'engine.mjs'), 'pipe', 'Hourglass engine'),
    log,
  });
  const tensorFlow = await TensorFlowFetch.open({
    startProcess: () =>
      startUtilityProcess(join(programs, 'tensorflow-fetch.mjs'), 'ignore', 'Hourglass fetching TensorFlow')
        .transport,
    env: process.env,
    cacheFolder: paths.cache,
    log,
  });
  tensorFlow.onState(sayTensorFlow(print, engine));
  const description = {
    version: app.getVersion(),
    shell: 'electron',
    home: homedir(),
    examples: join(folder, 'examples'),
  } as const;
  const handlers = hostHandlers({
    description,
    engine,
    tensorFlow,
    ...keptFiles(process.env.HOURGLASS_DATA_FOLDER ?? paths.data, description.examples),
  });

  confinePages(log);
  denyPermissions(session.defaultSession);
  await serveWindow(join(folder, 'dist/window'));
  carryFrames(log, (transport) => serve(transport, handlers, { report }));
  // The page has menus of its own. macOS needs one of the system's for copying, pasting and quitting.
  Menu.setApplicationMenu(process.platform === 'darwin' ? macMenu() : null);

  const open = () =>
    openWindow({
      preload: join(folder, 'dist/electron/preload.cjs'),
      placeFile: join(app.getPath('userData'), 'window.json'),
    });
  app.on('second-instance', () => bringForward(BrowserWindow.getAllWindows()[0] ?? open()));
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  stopBeforeEnding(engine);
  open();
  engine.start();
  await sayEngine(engine, tensorFlow, print);
  tensorFlow.beginUnasked();
}

function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}

function macMenu(): Menu {
  return Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]);
}

/** No engine outlives the app: its end is waited for, which takes two seconds at most. */
function stopBeforeEnding(engine: EngineHost): void {
  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void engine.stop().then(() => {
      stopped = true;
      app.quit();
    });
  });
}

function fail(error: unknown): void {
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  const sentence = missing
    ? 'The window has not been built yet. Run “npm run build” first.'
    : `Hourglass could not be started: ${error instanceof Error ? error.message : String(error)}`;
  process.stderr.write(`${sentence}\n`);
  if (app.isPackaged) dialog.showErrorBox('Hourglass', sentence);
  app.exit(1);
}
