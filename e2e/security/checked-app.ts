import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { _electron as electron } from '@playwright/test';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { electronProgram } from '../shells/electron-program';
import type { Edit, RunningApp } from './assertion';

const root = join(import.meta.dirname, '../..');

/** Chromium's sandbox does not run as root; this user has no rights at all. */
const NOBODY = 65_534;
const asRoot = process.getuid?.() === 0;

/**
 * The filter of system calls of an Electron from 2020 does not know those of today's C library, and ends every
 * process. The rest of the sandbox (namespaces, no new rights) stays on.
 */
const WITHOUT_OLD_FILTER = ['--disable-seccomp-filter-sandbox', '--disable-gpu-sandbox'];

export interface CheckedApp extends RunningApp {
  end(): Promise<void>;
}

/**
 * Starts a copy of the app in the sandbox of processes (as root: as a user without rights), with a file beside the
 * window's folder linked into it that must not be given out.
 *
 * @param edits what is changed in its sources first
 * @param args further words of the command line
 */
export async function startChecked(
  edits: readonly Edit[] = [],
  args: readonly string[] = [],
): Promise<CheckedApp> {
  const { path, app, old } = electronProgram();
  const room = mkdtempSync(join(tmpdir(), 'hourglass-checked-'));
  const folder = join(room, 'app');
  mkdirSync(join(folder, 'dist'), { recursive: true });
  for (const part of ['package.json', 'examples', 'dist/electron', 'dist/window'])
    cpSync(join(app, part), join(folder, part), { recursive: true });
  // Whatever the engine does is not looked at here; one that ends at once is the least.
  for (const name of ['engine', 'tensorflow-fetch']) writeFileSync(join(folder, `dist/${name}.mjs`), '');
  execFileSync('ln', ['-s', '/etc/hostname', join(folder, 'dist/window/outside.txt')]);
  const [pages, sources] = [true, false].map((page) =>
    edits.filter(({ file }) => (file === 'index.html') === page),
  );
  for (const edit of pages ?? []) {
    const path = join(folder, 'dist/window/index.html');
    writeFileSync(path, changed(readFileSync(path, 'utf8'), edit));
  }
  if (sources && sources.length > 0) await rebuild(folder, old, sources);

  const data = join(room, 'data');
  mkdirSync(data);
  if (asRoot) {
    chmodSync(room, 0o755);
    chownSync(data, NOBODY, NOBODY);
  }
  const start = {
    path: asRoot ? runAsNobody(room, path) : path,
    args: [folder, '--disable-gpu', ...(old ? WITHOUT_OLD_FILTER : []), ...args],
    env: {
      ...(process.env as Record<string, string>),
      HOME: data,
      XDG_CONFIG_HOME: data,
      XDG_CACHE_HOME: data,
      HOURGLASS_NO_DOWNLOAD: '1',
      HOURGLASS_DATA_FOLDER: data,
    },
  };
  const running = await electron.launch({
    executablePath: start.path,
    // So that there is a camera and a microphone to be denied.
    args: [...start.args, `--user-data-dir=${join(data, 'electron')}`, '--use-fake-device-for-media-stream'],
    chromiumSandbox: true,
    env: start.env,
  });
  const page = await running.firstWindow();
  await page.waitForLoadState();
  const version = await running.evaluate(() => process.versions.electron ?? '');
  return {
    electron: running,
    page,
    folder,
    version,
    inside: (work, argument) => {
      const own = `(${work})(${JSON.stringify(argument)})`;
      const told = `${own}.then((value) => console.log('${ANSWER}' + JSON.stringify(value)), console.error)`;
      const entry = join(folder, 'dist/electron/inside.cjs');
      writeFileSync(entry, `require('./main.cjs');\n${told}.then(() => require('electron').app.exit());\n`);
      const manifest = join(folder, 'package.json');
      const { main, ...others } = JSON.parse(readFileSync(manifest, 'utf8'));
      writeFileSync(manifest, JSON.stringify({ ...others, main: 'dist/electron/inside.cjs' }));
      return answerOf(start.path, [...start.args, `--user-data-dir=${join(data, 'inside')}`], start.env);
    },
    end: async () => {
      const { pid } = running.process();
      const late = setTimeout(() => pid && process.kill(pid, 'SIGKILL'), 5_000);
      await running.close();
      clearTimeout(late);
      rmSync(room, { recursive: true, force: true });
    },
  };
}

const ANSWER = 'inside: ';

/** Runs a program to its end and reads the answer it prints. */
async function answerOf<T>(path: string, args: readonly string[], env: Record<string, string>): Promise<T> {
  const { stdout, stderr } = await promisify(execFile)(path, [...args], { env, timeout: 30_000 });
  const line = stdout.split('\n').find((each) => each.startsWith(ANSWER));
  if (!line) throw new Error(`It gave no answer:\n${stdout}\n${stderr}`);
  return JSON.parse(line.slice(ANSWER.length));
}

/** A program that runs another as a user without rights. */
function runAsNobody(room: string, path: string): string {
  const wrapper = join(room, 'as-nobody');
  const line = `exec setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups '${path}' "$@"`;
  writeFileSync(wrapper, `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  return wrapper;
}

/** Builds the main program and the preload of a copy anew, out of changed sources. */
async function rebuild(folder: string, old: boolean, edits: readonly Edit[]): Promise<void> {
  const recipes: Readonly<Record<string, BuildOptions>> = await import(
    pathToFileURL(join(root, 'scripts/electron-programs.mjs')).href
  );
  const left = new Set(edits);
  const changing: Plugin = {
    name: 'changing',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]app[\\/].*\.ts$/ }, ({ path }) => {
        const own = edits.filter(({ file }) => path === join(root, file));
        if (own.length === 0) return undefined;
        for (const edit of own) left.delete(edit);
        return { contents: own.reduce(changed, readFileSync(path, 'utf8')), loader: 'ts' };
      });
    },
  };
  for (const name of ['Main', 'Preload']) {
    const recipe = recipes[`${old ? 'old' : 'current'}${name}`];
    await build({
      ...recipe,
      ...(recipe?.outfile
        ? { outfile: join(folder, `dist/electron/${name.toLowerCase()}.cjs`) }
        : { outdir: join(folder, 'dist/electron') }),
      plugins: [changing, ...(recipe?.plugins ?? [])],
    });
  }
  const [missed] = left;
  if (missed) throw new Error(`${missed.file} is in neither the main program nor the preload.`);
}

function changed(text: string, { file, from, to }: Edit): string {
  const places = text.split(from).length - 1;
  if (places !== 1) throw new Error(`${file} has “${from}” ${places} times; it should be there once.`);
  return text.replace(from, () => to);
}
