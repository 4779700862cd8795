// `node scripts/template-previews.mjs [name …]`: makes the gallery's pictures anew, each from a real run of its drawing as
// it is in `examples/`, on a built-in set. Takes about half a minute a drawing.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { checkNode, ensureBuild, ensurePackages } from './setup.mjs';
import { root, run, say } from './terminal.mjs';

const examples = join(root, 'examples');
const previews = join(root, 'renderer/templates/previews');
/** As `reconstructionPicture` lays samples out. */
const GAP = 4;
const BAND_GAP = 20;
/** Of a preview: twice what it is shown at. */
const WIDTH = 480;
const HEIGHT = 240;
const FITTED = { fit: 'contain', background: { r: 32, g: 36, b: 44 } };
const SMALL = { palette: true, colours: 128 };

checkNode();
await ensurePackages();
await ensureBuild();
const wanted = process.argv.slice(2);
const onBuiltinSets = readdirSync(examples)
  .filter((file) => file.endsWith('.hourglass'))
  .filter((file) => JSON.parse(readFileSync(join(examples, file), 'utf8')).data.kind === 'builtin')
  .map((file) => file.replace(/\.hourglass$/, ''));
for (const name of onBuiltinSets.filter((each) => wanted.length === 0 || wanted.includes(each))) {
  say(`${name} …`);
  await makePreview(name);
}

async function makePreview(name) {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-preview-'));
  try {
    const drawing = join(examples, `${name}.hourglass`);
    const out = join(folder, 'run');
    const args = [join(root, 'dist/cli.mjs'), 'train', drawing, '--out', out];
    const { code, output } = await run(process.execPath, args, { quiet: true });
    if (code !== 0) throw new Error(`The run of ${name} failed:\n${output}`);
    const preview = join(previews, `${name}.png`);
    if (existsSync(join(out, 'anomalous.png'))) await anomalyPreviewOf(out, preview);
    else await previewOf(join(out, 'reconstructions.png'), preview);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of the samples in the middle of their errors, two normal ones and two anomalous ones. */
async function anomalyPreviewOf(out, preview) {
  const { width = 0, height = 0 } = await sharp(join(out, 'normal.png')).metadata();
  const tile = (width - GAP) / 8;
  const part = { left: 3 * tile, top: 0, width: 2 * tile + GAP, height };
  const parts = ['normal', 'anomalous'].map((name) =>
    sharp(join(out, `${name}.png`))
      .extract(part)
      .resize(WIDTH / 2, HEIGHT, FITTED)
      .toBuffer(),
  );
  const [normal, anomalous] = await Promise.all(parts);
  await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: FITTED.background } })
    .composite([
      { input: normal, left: 0, top: 0 },
      { input: anomalous, left: WIDTH / 2, top: 0 },
    ])
    .png(SMALL)
    .toFile(preview);
}

/** As many samples of the first of two bands as fill the preview, the rows of the band one over the other. */
async function previewOf(picture, preview) {
  const { width = 0, height = 0 } = await sharp(picture).metadata();
  const tile = (width - GAP) / 8;
  const band = (height - 2 * GAP - BAND_GAP) / 2;
  const columns = Math.min(8, Math.floor(((band + 2 * GAP) * WIDTH) / HEIGHT / tile));
  const first = { left: 0, top: 0, width: columns * tile + GAP, height: band + 2 * GAP };
  await sharp(picture).extract(first).resize(WIDTH, HEIGHT, FITTED).png(SMALL).toFile(preview);
}
