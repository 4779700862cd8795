import { Canvas, type Colour, lit, mix } from './canvas';
import type { Dice } from './dice';
import { type Light, lightOf } from './scene-light';

export const SCENE_SIZE = 32;

/** What the set shows; a label is a place in this list. */
export const sceneNames = ['hills', 'mountains', 'village', 'forest', 'sea', 'sailing boat'] as const;
type Scene = (typeof sceneNames)[number];

/** A scene under way: what every painter needs. */
interface Painting {
  readonly canvas: Canvas;
  readonly light: Light;
  readonly dice: Dice;
  /** Where land or sea meets the sky, in pixels from the top. */
  readonly horizon: number;
  readonly disc: { readonly x: number; readonly y: number; readonly radius: number };
}

/** One for all scenes: the sky of each covers the one before, and thousands of canvases would be work to clear away. */
const canvas = new Canvas(SCENE_SIZE);

/** Paints one scene into 32 × 32 × 3 bytes: sky first, then from far to near. */
export function drawScene(scene: Scene, dice: Dice, pixels: Uint8Array): void {
  const light = lightOf(dice);
  const horizon = dice.between(15, 20);
  const disc = {
    x: dice.between(4, 28),
    y: light.night ? dice.between(4, 8) : dice.between(4, horizon - 3),
    radius: light.night ? dice.between(1.8, 2.6) : dice.between(2, 3.2),
  };
  const painting = { canvas, light, dice, horizon, disc };
  paintSky(painting);
  painters[scene](painting);
  canvas.writeTo(pixels);
}

const painters: Readonly<Record<Scene, (painting: Painting) => void>> = {
  hills: (painting) => paintHills(painting, 3),
  mountains: (painting) => {
    paintMountains(painting);
    paintHills(painting, 1);
  },
  village: (painting) => {
    const ground = paintHills(painting, 2);
    const { dice } = painting;
    const left = dice.between(5, 9);
    if (dice.chance(0.6)) paintHouse(painting, dice.between(21, 25), ground, dice.between(3.2, 4.2));
    paintHouse(painting, left, ground, dice.between(4.2, 5.6));
    paintTree(painting, left + dice.between(7, 9), ground(left + 8) + 2, dice.between(6, 8), false);
  },
  forest: (painting) => {
    const ground = paintHills(painting, 2);
    const { dice } = painting;
    const count = 5 + dice.whole(4);
    const pines = dice.chance(0.6);
    for (let tree = 0; tree < count; tree++) {
      const nearness = tree / count;
      const x = dice.between(0, SCENE_SIZE);
      const height = 6 + 7 * nearness + dice.between(0, 2);
      paintTree(painting, x, ground(x) + 1 + 7 * nearness, height, pines);
    }
  },
  sea: (painting) => {
    paintSea(painting);
    if (painting.dice.chance(0.6)) paintBeach(painting);
  },
  'sailing boat': (painting) => {
    paintSea(painting);
    paintBoat(painting);
  },
};

function paintSky({ canvas, light, dice, horizon, disc }: Painting): void {
  const sky = (y: number) => mix(light.skyTop, light.skyLow, Math.min(1, Math.max(0, y / horizon)) ** 1.4);
  canvas.rows(sky);
  if (light.night) {
    for (let star = 0; star < 16; star++) {
      const x = dice.whole(SCENE_SIZE);
      const y = dice.whole(Math.floor(horizon) - 2);
      canvas.add(x, y, [1, 1, 0.92], dice.between(0.1, 0.75));
    }
  }
  canvas.ellipse([disc.x, disc.y], [disc.radius, disc.radius], light.disc);
  if (light.night && dice.chance(0.6)) {
    // A second, sky-coloured disc over the moon's edge leaves a crescent.
    const aside = dice.between(0.5, 0.9) * disc.radius;
    const centre = [disc.x + aside, disc.y - aside * 0.4] as const;
    canvas.ellipse(centre, [disc.radius * 0.95, disc.radius * 0.95], sky(centre[1]));
  }
  canvas.glow(disc.x, disc.y, disc.radius * 4.5, light.halo, 0.9);
  if (!light.night) paintClouds({ canvas, light, dice, horizon, disc });
}

function paintClouds({ canvas, light, dice, horizon }: Painting): void {
  const colour = mix([1, 1, 1], light.skyLow, 0.3);
  for (let cloud = dice.whole(4); cloud > 0; cloud--) {
    const x = dice.between(0, SCENE_SIZE);
    const y = dice.between(2, horizon - 7);
    const width = dice.between(3, 5.5);
    canvas.ellipse([x, y], [width, 1.2], colour, { soft: 1.6, opacity: 0.8 });
    canvas.ellipse([x + width * 0.2, y - 0.9], [width * 0.5, 1.3], colour, { soft: 1.6, opacity: 0.8 });
  }
}

/** A rolling line: two waves of random length and place around `height`. */
function rollingLine(dice: Dice, height: number, swing: number): (x: number) => number {
  const [slow, fast] = [dice.between(0.1, 0.22), dice.between(0.28, 0.46)];
  const [first, second] = [dice.between(0, 2 * Math.PI), dice.between(0, 2 * Math.PI)];
  return (x) => height + swing * (Math.sin(x * slow + first) + 0.35 * Math.sin(x * fast + second));
}

/** Hills one before the other, the farthest in the haze. @returns the line of the nearest */
function paintHills({ canvas, light, dice, horizon }: Painting, layers: number): (x: number) => number {
  const grass: Colour = [dice.between(0.24, 0.44), dice.between(0.5, 0.66), dice.between(0.16, 0.28)];
  let line = (_x: number) => horizon;
  for (let layer = 0; layer < layers; layer++) {
    const nearness = (layer + 1) / layers;
    line = rollingLine(dice, horizon + 1 + 4.5 * (layer + (3 - layers) * 0.8), dice.between(1.2, 2.4));
    const own = lit(mix(grass, [0.2, 0.36, 0.2], layer * 0.28), light.ground);
    const top = mix(light.skyLow, own, 0.35 + 0.65 * nearness);
    canvas.below(line, (_y, depth) => mix(top, lit(top, [0.62, 0.66, 0.66]), Math.min(1, depth / 12)));
  }
  return line;
}

function paintMountains({ canvas, light, dice, horizon }: Painting): void {
  const rock = lit([0.45, 0.44, 0.52], light.ground);
  const snow = lit([0.96, 0.97, 1], mix(light.ground, [1, 1, 1], 0.35));
  const peaks = Array.from({ length: 3 }, (_, peak) => ({
    x: dice.between(peak * 11 - 2, peak * 11 + 10),
    height: dice.between(8, 14),
    slope: dice.between(0.95, 1.5),
  }));
  const roughness = rollingLine(dice, 0, 0.35);
  for (const { x: top, height, slope } of peaks) {
    const ridge = (x: number) => horizon + 2 - height + Math.abs(x - top) * slope + roughness(x * 3);
    const snowline = horizon + 2 - height * dice.between(0.5, 0.68);
    // The side that looks away from the sun is darker.
    for (const [side, shade] of [
      ['left', 1],
      ['right', 0.72],
    ] as const) {
      const line = (x: number) => ((side === 'left') === x < top ? ridge(x) : SCENE_SIZE + 1);
      const jagged = (x: number) => snowline + 0.9 * Math.sin(x * 2.1 + top);
      canvas.below(line, (y, depth) => {
        const white = Math.max(0, Math.min(1, jagged(y + depth) - y + 0.5));
        const face = lit(mix(rock, snow, white), [shade, shade, shade]);
        return mix(face, light.skyLow, Math.min(0.45, 0.1 + depth / 40));
      });
    }
  }
}

function paintHouse(
  { canvas, light, dice }: Painting,
  x: number,
  ground: (x: number) => number,
  half: number,
): void {
  const walls: readonly Colour[] = [
    [0.96, 0.92, 0.84],
    [0.9, 0.72, 0.5],
    [0.8, 0.86, 0.9],
    [0.94, 0.8, 0.74],
  ];
  const roofs: readonly Colour[] = [
    [0.72, 0.24, 0.18],
    [0.42, 0.26, 0.22],
    [0.32, 0.38, 0.5],
  ];
  const wall = lit(walls[dice.whole(walls.length)] ?? [1, 1, 1], light.ground);
  const roof = lit(roofs[dice.whole(roofs.length)] ?? [1, 0, 0], light.ground);
  const floor = ground(x) + 2.5;
  const eaves = floor - half * 1.25;
  const peak = eaves - half * dice.between(0.85, 1.1);
  if (dice.chance(0.6)) {
    canvas.rectangle(x + half * 0.4, peak - 0.4, x + half * 0.4 + 1.3, eaves, lit(roof, [0.7, 0.7, 0.7]));
  }
  canvas.rectangle(x - half, eaves, x + half, floor, wall);
  canvas.polygon(
    [
      [x - half - 1, eaves],
      [x, peak],
      [x + half + 1, eaves],
    ],
    roof,
  );
  canvas.rectangle(x - half * 0.2, floor - half * 0.75, x + half * 0.24, floor, lit(roof, [0.6, 0.6, 0.6]));
  for (const side of [-0.62, 0.62]) {
    const middle = x + side * half;
    canvas.rectangle(middle - 0.7, eaves + 0.9, middle + 0.7, eaves + 2.4, light.window);
    if (light.night) canvas.glow(middle, eaves + 1.6, 3.5, [0.5, 0.36, 0.1], 0.6);
  }
}

/** A tree standing at (x, foot). */
function paintTree(
  { canvas, light, dice }: Painting,
  x: number,
  foot: number,
  height: number,
  pine: boolean,
): void {
  const trunk = lit([0.4, 0.27, 0.18], light.ground);
  canvas.rectangle(x - 0.55, foot - height * 0.45, x + 0.55, foot, trunk);
  const leaf: Colour = pine
    ? [0.1, dice.between(0.3, 0.42), 0.22]
    : [dice.between(0.2, 0.75), dice.between(0.4, 0.6), dice.between(0.1, 0.2)];
  const shade = lit(leaf, light.ground);
  if (!pine) {
    const radius = height * 0.32;
    canvas.ellipse([x, foot - height * 0.66], [radius, radius * 1.1], lit(shade, [0.8, 0.8, 0.8]));
    canvas.ellipse([x - radius * 0.25, foot - height * 0.72], [radius * 0.68, radius * 0.75], shade, {
      soft: 1.8,
    });
    return;
  }
  for (const [low, high, width] of [
    [0.18, 0.62, 0.3],
    [0.42, 0.82, 0.24],
    [0.64, 1, 0.17],
  ] as const) {
    const colour = mix(shade, lit(shade, [1.35, 1.35, 1.3]), high - 0.5);
    canvas.polygon(
      [
        [x - height * width, foot - height * low],
        [x, foot - height * high],
        [x + height * width, foot - height * low],
      ],
      colour,
    );
  }
}

function paintSea({ canvas, light, dice, horizon, disc }: Painting): void {
  const deep = lit([0.06, 0.3, 0.48], mix(light.ground, [1, 1, 1], 0.15));
  const far = mix(light.skyLow, deep, 0.45);
  canvas.rows((y) => mix(far, deep, Math.min(1, (y - horizon) / 11)), horizon);
  const glitter = mix(light.disc, light.halo, light.night ? 0.2 : 0.1);
  for (let y = Math.ceil(horizon); y < SCENE_SIZE; y++) {
    const depth = y - horizon;
    // The sun's road on the water widens towards the viewer and breaks up on the waves.
    const half = 0.8 + depth * 0.28;
    const shift = disc.x + dice.around(0.7 + depth * 0.1);
    const strength = dice.between(0.12, 0.6) * (light.night ? 0.7 : 0.85);
    for (let x = Math.max(0, Math.ceil(shift - half)); x <= Math.min(SCENE_SIZE - 1, shift + half); x++) {
      canvas.add(x, y, glitter, strength * (1 - Math.abs(x - shift) / (half + 1)) * 0.8);
    }
  }
  for (let wave = 0; wave < 7; wave++) {
    const y = horizon + 1.5 + wave * 1.9;
    const x = dice.between(0, SCENE_SIZE);
    canvas.ellipse([x, y], [1.5 + wave * 0.5, 0.45], mix(light.skyLow, deep, 0.35), { opacity: 0.4 });
  }
}

function paintBeach({ canvas, light, dice }: Painting): void {
  const sand = lit([0.93, 0.82, 0.6], light.ground);
  const line = rollingLine(dice, dice.between(26, 29), 1.1);
  const foam = mix(sand, [1, 1, 1], light.night ? 0.15 : 0.7);
  canvas.below(
    (x) => line(x) - 0.9,
    () => foam,
  );
  canvas.below(line, (_y, depth) => mix(sand, lit(sand, [0.85, 0.82, 0.78]), Math.min(1, depth / 5)));
}

function paintBoat({ canvas, light, dice, horizon }: Painting): void {
  const sails: readonly Colour[] = [
    [0.98, 0.97, 0.93],
    [0.9, 0.3, 0.22],
    [0.98, 0.78, 0.3],
    [0.3, 0.6, 0.78],
  ];
  const sail = lit(sails[dice.whole(sails.length)] ?? [1, 1, 1], mix(light.ground, [1, 1, 1], 0.25));
  const hull = lit(dice.chance(0.5) ? [0.5, 0.28, 0.16] : [0.86, 0.86, 0.86], light.ground);
  const size = dice.between(5, 8);
  const x = dice.between(size + 2, SCENE_SIZE - size - 2);
  const water = dice.between(horizon + 3.5, 27);
  const deck = water - size * 0.32;
  const top = deck - size * dice.between(1.6, 1.9);
  const heading = dice.chance(0.5) ? 1 : -1;
  // Its reflection first: darker water below the hull.
  canvas.ellipse([x, water + 1.2], [size * 0.8, 1.1], [0.03, 0.1, 0.18], { soft: 1.6, opacity: 0.4 });
  canvas.polygon(
    [
      [x - size, deck],
      [x + size, deck],
      [x + size * 0.66, water],
      [x - size * 0.66, water],
    ],
    hull,
  );
  canvas.rectangle(x - 0.35, top, x + 0.35, deck, lit([0.35, 0.24, 0.18], light.ground));
  const main: readonly (readonly [number, number])[] = [
    [x + heading * 0.5, top],
    [x + heading * size * 0.85, deck - 0.8],
    [x + heading * 0.5, deck - 0.8],
  ];
  const jib: readonly (readonly [number, number])[] = [
    [x - heading * 0.5, top + size * 0.3],
    [x - heading * 0.5, deck - 0.8],
    [x - heading * size * 0.6, deck - 0.8],
  ];
  canvas.polygon(heading > 0 ? main : [...main].reverse(), sail);
  canvas.polygon(heading > 0 ? jib : [...jib].reverse(), lit(sail, [0.82, 0.84, 0.88]));
}
