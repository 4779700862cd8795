// `node scripts/icons.mjs`: draws the desktop app's icons from renderer/app/icon.svg, in every form the systems want.
// The results are committed; run it again when the drawing changes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import png2icons from 'png2icons';
import sharp from 'sharp';
import { root, say } from './terminal.mjs';

const drawing = readFileSync(join(root, 'renderer/app/icon.svg'));
const folder = join(root, 'app/electron/resources');
const SVG_SIZE = 32;
const SVG_DPI = 72;

/** The icon as a PNG of `size` pixels, with a share of the width left empty on each side. */
async function png(size, margin = 0) {
  const inner = Math.round(size * (1 - 2 * margin));
  const edge = Math.round((size - inner) / 2);
  return sharp(drawing, { density: (SVG_DPI * inner) / SVG_SIZE })
    .resize(inner, inner)
    .extend({
      top: edge,
      left: edge,
      bottom: size - inner - edge,
      right: size - inner - edge,
      background: '#0000',
    })
    .png({ compressionLevel: 9 })
    .toBuffer();
}

function write(name, bytes) {
  if (!bytes) throw new Error(`${name} could not be drawn.`);
  writeFileSync(join(folder, name), bytes);
  say(`app/electron/resources/${name}: ${bytes.length} bytes`);
}

mkdirSync(join(folder, 'icons'), { recursive: true });
for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) write(`icons/${size}x${size}.png`, await png(size));
// Icons of macOS keep clear of the edge of their tile (Apple's template: 100 of 1024 on each side).
write('icon.icns', png2icons.createICNS(await png(1024, 100 / 1024), png2icons.BICUBIC2, 0));
write('icon.ico', png2icons.createICO(await png(256), png2icons.BICUBIC2, 0, true));
