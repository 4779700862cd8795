import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { openEngine } from '../../main/execute/engines';
import { exportFormatOf } from '../../main/export/catalogue';
import { exportModel } from '../../main/export/export-model';
import type { Claim } from './claim';
import { type ExportEnds, exportCases, exportEnds, possibleFormats } from './export-cases';
import { netronReads } from './netron';

const SAMPLES = 4;
/** Of the larger of 1 and the largest output. */
const MOST = 1e-5;

/**
 * Exports of every kind of drawing, opened by the published tfjs in real Chromium, against what the app's own engine gives out
 * for the same samples; and, with the ONNX files of the same, by Netron's own parser.
 */
export const exportsTfjs: Claim = {
  name: 'exports tfjs',
  bar: `LayersModel exports of the examples (on small built-in sets) and of what they lack, whole, encoder and decoder, in Chromium: at most ${MOST} × max(1, largest output) away; Netron opens them and the ONNX files; what can’t be exported is refused, and nothing else`,
  data: 'ecg5000',
  async check(context) {
    const { root, say } = context;
    const place = join(root, 'dist', 'claims', 'exports-tfjs');
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    const formats = [exportFormatOf('tfjs'), exportFormatOf('onnx')];
    const server = await serve(root, place);
    const browser = await openBrowser(root);
    try {
      const page = await browser.newPage();
      const { port } = server.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/`);
      const executor = await openEngine();
      const shares = new Map<string, number>();
      const files: string[] = [];
      const unexpected: string[] = [];
      let refused = 0;
      for (const each of await exportCases(context, place)) {
        const { kind, part, subject, place: own } = each;
        const found = possibleFormats(each, formats);
        unexpected.push(...found.unexpected);
        refused += found.refused.length;
        for (const format of found.possible) {
          const path = join(own, format.extension === null ? format.name : `model${format.extension}`);
          const { model, name } = subject;
          await exportModel({ model, format, part, name, path, executor });
          files.push(format.extension === null ? join(path, 'model.json') : path);
          if (format.name !== 'tfjs') continue;
          const ends = await exportEnds(subject, executor, SAMPLES);
          const share = await distance(page, `/${kind}/${part}/${format.name}/model.json`, ends);
          say(`${kind} ${part}: ${share.toExponential(2)} of max(1, largest output)`);
          shares.set(`${kind} ${part}`, share);
        }
      }
      for (const line of unexpected) say(`NOT AS EXPECTED: ${line}`);
      const read = await netronReads(root, files);
      const isRead = read.every(({ nodes, complaints }) => nodes > 0 && complaints.length === 0);
      const worst = Math.max(...shares.values());
      const netron = `Netron opened ${read.length} of ${files.length} files`;
      return {
        figure: `${shares.size} exports, the worst ${worst.toExponential(1)} × max(1, largest output) away; ${netron}; ${refused} refused by name, ${unexpected.length} of all not as expected`,
        holds:
          shares.size > 0 &&
          [...shares.values()].every((share) => share <= MOST) &&
          unexpected.length === 0 &&
          isRead &&
          read.length === files.length,
      };
    } finally {
      await browser.close();
      server.close();
    }
  },
};

/** How far Chromium's outputs are from the app's own, as a share of max(1, largest output). */
async function distance(page: Page, url: string, { inputs, outputs }: ExportEnds): Promise<number> {
  const made = await page.evaluate(
    async ({ url, values, batch }) => {
      const { tf } = globalThis as unknown as {
        tf: typeof import('@tensorflow/tfjs-core') & typeof import('@tensorflow/tfjs-layers');
      };
      await tf.ready();
      const loaded = await tf.loadLayersModel(url);
      const output = loaded.predict(tf.tensor(values, batch));
      if (Array.isArray(output)) throw new Error('A model with one output gave out several.');
      const numbers = [...(await output.data())];
      tf.dispose([output]);
      loaded.dispose();
      return numbers;
    },
    { url, values: [...inputs.data], batch: [...inputs.shape] },
  );
  if (made.length !== outputs.data.length)
    throw new Error(`${url} gave out ${made.length} values, not ${outputs.data.length}.`);
  let [difference, largest] = [0, 1];
  [...outputs.data].forEach((value, at) => {
    const away = Math.abs(value - (made[at] ?? Number.NaN));
    if (!(away <= difference)) difference = Number.isNaN(away) ? Number.POSITIVE_INFINITY : away;
    largest = Math.max(largest, Math.abs(value));
  });
  return difference / largest;
}

/** The Chromium that journeys use, too. */
async function openBrowser(root: string): Promise<Browser> {
  const at = (...path: string[]) => pathToFileURL(join(root, ...path)).href;
  const {
    ensureChromium,
  }: { ensureChromium(): Promise<{ path: string } | { reason: string; cure: string }> } = await import(
    at('scripts', 'chromium.mjs')
  );
  const found = await ensureChromium();
  if (!('path' in found)) throw new Error(`${found.reason}: ${found.cure}.`);
  const { chromium }: typeof import('@playwright/test') = await import(
    at('node_modules', '@playwright', 'test', 'index.mjs')
  );
  return chromium.launch({ executablePath: found.path, args: ['--no-sandbox', '--disable-gpu'] });
}

/** A page with the published tfjs on it, and the exports beside. */
function serve(root: string, place: string): Promise<Server> {
  const tfjs = join(root, 'node_modules', '@tensorflow', 'tfjs', 'dist', 'tf.min.js');
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    try {
      if (path === '/') {
        response.setHeader('content-type', 'text/html');
        response.end('<!doctype html><script src="/tf.min.js"></script>');
      } else response.end(readFileSync(path === '/tf.min.js' ? tfjs : join(place, path)));
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
