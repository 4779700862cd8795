import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { uniforms } from '../../main/random/philox';
import { npyHead } from '../../main/train/layer-export';
import type { Claim, ClaimContext } from './claim';
import { netronReads } from './netron';

/** An example a kind that needs no data but the app's own: dense, convolutional, noisy, colouring, filling in, pre-trained. */
const DRAWINGS = [
  'digits-and-shapes',
  'compress-scenes',
  'denoise-digits',
  'colour-scenes',
  'inpaint-scenes',
  'vary-features',
  'digits-stacked',
] as const;
const PARTS = ['whole', 'encoder', 'decoder'] as const;
const SAMPLES = 16;
/** Of the larger of 1 and the largest output. */
const MOST = 1e-5;

/**
 * Exports of real runs, opened by the published tfjs in real Chromium, against what the command line's own `reconstruct`,
 * `encode` and `decode` give out for the same samples; and by Netron's own parser.
 */
export const exportsTfjs: Claim = {
  name: 'exports tfjs',
  bar: `LayersModel exports of ${DRAWINGS.length} examples, whole, encoder and decoder, in Chromium: at most ${MOST} × max(1, largest output) away; Netron opens them and the ONNX files`,
  data: null,
  async check(context) {
    const place = join(context.root, 'dist', 'claims', 'exports-tfjs');
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    const server = await serve(context.root, place);
    const browser = await openBrowser(context.root);
    try {
      const page = await browser.newPage();
      const { port } = server.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/`);
      let [worst, count] = [0, 0];
      const files: string[] = [];
      for (const drawing of DRAWINGS) {
        const { out } = await context.train(drawing, ['--epochs', '1']);
        for (const part of PARTS) {
          const name = `${drawing}-${part}`;
          if (!exported(context, out, part, join(place, name))) continue;
          const share = await distance(context, page, { out, part, place, name });
          context.say(`${name}: ${share.toExponential(2)} of max(1, largest output)`);
          worst = Math.max(worst, share);
          count += 1;
          files.push(join(place, name, 'model.json'), join(place, `${name}.onnx`));
        }
      }
      const read = await netronReads(context.root, files);
      const isRead = read.every(({ nodes, complaints }) => nodes > 0 && complaints.length === 0);
      const netron = `Netron opened ${read.length} of ${files.length} files`;
      return {
        figure: `${count} exports, the worst ${worst.toExponential(1)} × max(1, largest output) away; ${netron}`,
        holds: count >= 2 * DRAWINGS.length && worst <= MOST && isRead && read.length === files.length,
      };
    } finally {
      await browser.close();
      server.close();
    }
  },
};

/** Exports by the command line. @returns whether it could be: a decoder that needs more than codes is refused */
function exported({ root }: ClaimContext, run: string, part: string, path: string): boolean {
  const as = (format: string, out: string) =>
    cli(root, ['export', run, '--to', format, '--part', part, '--out', out, '--json']);
  const { status, stdout, stderr } = as('tfjs', path);
  if (status !== 0 && part === 'decoder' && stdout.includes('CODE_NOT_ENOUGH')) return false;
  if (status !== 0) throw new Error(`The export of ${run} (${part}) failed: ${stderr.slice(-800)}`);
  const second = as('onnx', `${path}.onnx`);
  if (second.status !== 0)
    throw new Error(`The export of ${run} (${part}) failed: ${second.stderr.slice(-800)}`);
  return true;
}

interface Compared {
  readonly out: string;
  readonly part: (typeof PARTS)[number];
  readonly place: string;
  readonly name: string;
}

/** How far Chromium's outputs are from the command line's, as a share of max(1, largest output). */
async function distance(
  { root }: ClaimContext,
  page: Page,
  { out, part, place, name }: Compared,
): Promise<number> {
  const model = JSON.parse(readFileSync(join(place, name, 'model.json'), 'utf8'));
  const [, ...shape]: number[] = model.modelTopology.config.layers[0].config.batch_input_shape;
  const length = shape.reduce((product, axis) => product * axis, SAMPLES);
  const even = uniforms(5, name, 0, length);
  const isBytes = part !== 'decoder';
  const given = isBytes
    ? Float32Array.from(even, (value) => Math.floor(value * 256))
    : even.map((value) => value * 2 - 1);
  const file = join(place, `${name}.npy`);
  const head = Buffer.from(npyHead([SAMPLES, ...shape]));
  // Bytes lie in their own type, which the head names.
  const types = isBytes ? Buffer.from(head.toString('latin1').replace("'<f4'", "'|u1'"), 'latin1') : head;
  const body = isBytes ? Buffer.from(Uint8Array.from(given)) : Buffer.from(given.buffer);
  writeFileSync(file, Buffer.concat([types, body]));
  const command = { whole: 'reconstruct', encoder: 'encode', decoder: 'decode' }[part];
  const result = join(place, `${name}-out.npy`);
  const { status, stderr } = cli(root, [command, out, file, '--out', result, '--json']);
  if (status !== 0) throw new Error(`${command} failed: ${stderr.slice(-800)}`);
  // The command line writes bytes as 0 to 1, exports as 0 to 255.
  const full = part === 'encoder' ? 1 : 255;
  const expected = floatsOf(readFileSync(result)).map((value) => value * full);
  const made = await page.evaluate(
    async ({ url, values, batch }) => {
      const { tf } = globalThis as unknown as {
        tf: typeof import('@tensorflow/tfjs-core') & typeof import('@tensorflow/tfjs-layers');
      };
      await tf.ready();
      const loaded = await tf.loadLayersModel(url);
      const output = loaded.predict(tf.tensor(values, batch));
      if (Array.isArray(output)) throw new Error('A model with one output gave out several.');
      return [...(await output.data())];
    },
    { url: `/${name}/model.json`, values: [...given], batch: [SAMPLES, ...shape] },
  );
  if (made.length !== expected.length)
    throw new Error(`${name} gave out ${made.length} values, not ${expected.length}.`);
  let [difference, largest] = [0, 1];
  expected.forEach((value, at) => {
    const away = Math.abs(value - (made[at] ?? Number.NaN));
    if (!(away <= difference)) difference = Number.isNaN(away) ? Number.POSITIVE_INFINITY : away;
    largest = Math.max(largest, Math.abs(value));
  });
  return difference / largest;
}

/** The numbers of an NPY file of float32. */
function floatsOf(npy: Buffer): Float32Array {
  const begin = 10 + npy.readUInt16LE(8);
  return new Float32Array(Uint8Array.from(npy.subarray(begin)).buffer);
}

function cli(root: string, args: readonly string[]) {
  const program = [join(root, 'scripts', 'start.mjs'), ...args];
  return spawnSync(process.execPath, program, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
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
