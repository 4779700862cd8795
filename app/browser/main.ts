import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';
import { z } from 'zod';
import { canOpenBrowser, openBrowser } from './open-browser';
import { startBrowserHost } from './start';

// The entry of `npm start`. It lies in dist/, beside the engine and the window.
const folder = dirname(fileURLToPath(import.meta.url));
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(folder, '../package.json'), 'utf8')));

/**
 * Tried first where the user names no port: what the window keeps in the browser (layout, colours) belongs to
 * the address, port included.
 */
const USUAL_PORT = 47_823;

const paths = envPaths('hourglass', { suffix: '' });

function start(port: number) {
  return startBrowserHost({
    port,
    engineEntry: join(folder, 'engine.mjs'),
    fetchEntry: join(folder, 'tensorflow-fetch.mjs'),
    fetchesUnasked: true,
    cacheFolder: paths.cache,
    dataFolder: process.env.HOURGLASS_DATA_FOLDER ?? paths.data,
    windowFolder: join(folder, 'window'),
    examplesFolder: join(folder, '../examples'),
    logFile: join(paths.log, 'host.log'),
    version,
    print: (line) => process.stdout.write(`${line}\n`),
  });
}

async function startOnUsualPort() {
  try {
    return await start(USUAL_PORT);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return start(0);
  }
}

try {
  const port = process.env.HOURGLASS_PORT;
  const host =
    port === undefined
      ? await startOnUsualPort()
      : await start(z.coerce.number().int().min(0).max(65_535).parse(port));
  const end = () => {
    // A second Ctrl+C does not wait for anything.
    process.once('SIGINT', () => process.exit(130));
    void host.close().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  if (canOpenBrowser(process.env, process.stdout.isTTY)) await openBrowser(host.address);
} catch (error) {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exitCode = 1;
}

function startFailure(error: unknown): string {
  const port = process.env.HOURGLASS_PORT;
  if (error instanceof z.ZodError)
    return `HOURGLASS_PORT should be a port from 0 to 65535, but is “${port}”.`;
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program. Choose another HOURGLASS_PORT, or leave it out for a free one.`;
  }
  if (code === 'EACCES') return `Port ${port} may not be used. Choose another HOURGLASS_PORT, such as 8000.`;
  if (code === 'ENOENT') return 'The window has not been built yet. Run “npm run build” first.';
  return `Hourglass could not be started: ${error instanceof Error ? error.message : String(error)}`;
}
