// `node scripts/template-previews.mjs [name …]`: makes the gallery's pictures anew, each from a real run of its drawing as
// it is in `examples/`, on a built-in set. Takes about half a minute a drawing.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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
    await previewOf(join(out, 'reconstructions.png'), join(previews, `${name}.png`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As many samples of the first of two bands as fill the preview, the rows of the band one over the other. */
async function previewOf(picture, preview) {
  const { width = 0, height = 0 } = await sharp(picture).metadata();
  const tile = (width - GAP) / 8;
  const band = (height - 2 * GAP - BAND_GAP) / 2;
  const columns = Math.min(8, Math.floor(((band + 2 * GAP) * WIDTH) / HEIGHT / tile));
  const first = { left: 0, top: 0, width: columns * tile + GAP, height: band + 2 * GAP };
  await sharp(picture)
    .extract(first)
    .resize(WIDTH, HEIGHT, { fit: 'contain', background: { r: 32, g: 36, b: 44 } })
    .png({ palette: true, colours: 128 })
    .toFile(preview);
}
