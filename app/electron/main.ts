import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, dialog, Menu, session } from 'electron';
import envPaths from 'env-paths';
import { faultReport } from '../../main/engine/fault-report';
import { serve } from '../../shared/ipc/server';
import { LINK_SCHEME } from '../../shared/sharing/drawing-link';
import { CodeSweep } from '../host/code-sweep';
import { engineEnvironment } from '../host/engine-environment';
import { EngineHost } from '../host/engine-host';
import { sayEngine, sayTensorFlow } from '../host/engine-lines';
import { hostHandlers } from '../host/host-handlers';
import { openHostLog } from '../host/host-log';
import { keptFiles } from '../host/kept-files';
import { RunKeeper } from '../host/run-keeper';
import { TensorFlowFetch } from '../host/tensorflow-fetch';
import { AppWindows } from './app-windows';
import { launchFiles, launchLinks } from './launch-files';
import { confinePages, denyPermissions } from './lock-down';
import { askBeforeQuitting } from './quit';
import { runAtQuit } from './run-at-quit';
import { RunSigns } from './run-signs';
import { RunWatch } from './run-watch';
import { addShellHandlers } from './shell-handlers';
import { startUtilityProcess } from './utility-process';
import { carryFrames } from './window-frames';
import { registerScheme, serveWindow } from './window-protocol';

// The entry of the desktop app. Everything it needs lies in the app's folder: dist/ and examples/.
const folder = app.getAppPath();
/** Programs of their own, which a packaged app keeps beside its archive (electron-builder.yml, asarUnpack). */
const programs = join(folder.replace(/\bapp\.asar$/, 'app.asar.unpacked'), 'dist');

/** Drawings that this start of the app is to open; macOS names them in events, some before it is ready. */
const toOpen = launchFiles(process.argv, process.cwd());
let openFiles = (paths: readonly string[]): void => {
  toOpen.push(...paths);
};
/** The same of links. */
const linksToOpen = launchLinks(process.argv);
let openLinks = (links: readonly string[]): void => {
  linksToOpen.push(...links);
};

registerScheme();
// One app a user: a second one hands over what it was to open, and ends.
if (app.requestSingleInstanceLock()) {
  // A sandbox for every page, whatever a window asks for; where there can be none (root), each still asks for its own.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openFiles([path]);
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    openLinks(launchLinks([link]));
  });
  // Only the app itself: started from its sources it is Electron's program, which another start would not know again. What follows
  // the dashes is no switch, whatever a link says.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME, process.execPath, ['--']);
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
  const examples = join(folder, 'examples');
  const dataFolder = process.env.HOURGLASS_DATA_FOLDER ?? paths.data;
  const { runs, ...kept } = await keptFiles(dataFolder, examples, (path) => {
    // Windows and macOS show them in the task bar's or the dock's own menu.
    app.addRecentDocument(path);
    for (const window of windows.all) window.tellRecentChanged();
  });
  const engine = new EngineHost({
    startProcess: () =>
      startUtilityProcess(
        join(programs, 'engine.mjs'),
        'pipe',
        'Hourglass engine',
        engineEnvironment(kept.settings.settings),
      ),
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
    shell: 'electron' as const,
    home: homedir(),
    examples,
    versions: versions(),
    logFolder: paths.log,
    dataFolder,
  };

  const keeper = new RunKeeper({ engine: engine.asker, runs, version: description.version, log });
  const sweep = new CodeSweep({
    engine: engine.asker,
    keeper,
    log,
    onRun: (runId) => watch.begin(runId),
  });

  confinePages(log);
  denyPermissions(session.defaultSession);
  await serveWindow(join(folder, 'dist/window'));
  const windowOptions = {
    preload: join(folder, 'dist/electron/preload.cjs'),
    placeFile: join(app.getPath('userData'), 'window.json'),
  };
  const windows = new AppWindows(windowOptions, log);
  const signs = new RunSigns(windows);
  const watch = new RunWatch(engine.asker, (progress, seconds) => signs.show(progress, seconds));
  carryFrames(log, (transport, contents) => {
    const handlers = hostHandlers({
      description,
      engine,
      tensorFlow,
      ...kept,
      keeper,
      sweep,
      onRun: (runId) => watch.begin(runId),
    });
    const own = windows.of(contents);
    if (own) addShellHandlers(handlers, own, { windows, logFolder: paths.log });
    serve(transport, handlers, { report });
  });
  // Until a page says what is in its menus there are none, but what copying and quitting need on macOS.
  Menu.setApplicationMenu(process.platform === 'darwin' ? macMenu() : null);

  app.on('second-instance', (_, args, workingFolder) => {
    const [named, links] = [launchFiles(args, workingFolder), launchLinks(args)];
    windows.openFiles(named);
    windows.openLinks(links);
    if (named.length + links.length === 0) windows.showLast();
  });
  app.on('activate', () => {
    if (windows.all.length === 0) windows.open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  askBeforeQuitting(windows, runAtQuit({ watch, windows, keeper, sweep, log, print }));
  stopBeforeEnding(engine);
  if (toOpen.length + linksToOpen.length === 0) windows.open();
  windows.openFiles(toOpen);
  windows.openLinks(linksToOpen);
  openFiles = (named) => windows.openFiles(named);
  openLinks = (links) => windows.openLinks(links);
  engine.start();
  await sayEngine(engine, tensorFlow, print);
  tensorFlow.beginUnasked();
}

function versions() {
  const { electron = '', chrome = '', node } = process.versions;
  return [
    { name: 'Electron', version: electron },
    { name: 'Chromium', version: chrome },
    { name: 'Node', version: node },
  ];
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
