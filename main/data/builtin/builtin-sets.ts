import type { BuiltinSet } from '../../../shared/document/graph-document';
import type { Shape } from '../../../shared/tensors/shape';
import type { Split } from '../dataset';
import { Dice } from './dice';
import { drawGlyph, GLYPH_SIZE } from './draw-glyph';
import { drawScene, SCENE_SIZE, sceneNames } from './draw-scene';
import { glyphs } from './glyphs';

/** A data set that is drawn by seeded code: the same bytes for the same count, on every machine. */
export interface BuiltinSetDefinition {
  readonly name: BuiltinSet;
  readonly title: string;
  readonly description: string;
  readonly shape: Shape;
  readonly labelNames: readonly string[];
  /** Training samples, where nobody says otherwise; a tenth as many test samples come with them. */
  readonly defaultCount: number;
  readonly smallestCount: number;
  readonly largestCount: number;
  /** Draws sample `index` of a split into `pixels` (all 0) and returns its label. */
  draw(split: Split, index: number, pixels: Uint8Array): number;
}

/** Changed only when the drawings change: a fingerprint follows from it. */
export const BUILTIN_EDITION = 1;
const SEED = 0x486f_7572;

const counts = { smallestCount: 10, largestCount: 100_000 } as const;

export const builtinSets: readonly BuiltinSetDefinition[] = [
  {
    name: 'digits-and-shapes',
    title: 'Digits and shapes',
    description: 'Line drawings of the ten digits, circle, square, triangle, cross and star; 28×28, grey.',
    shape: [GLYPH_SIZE, GLYPH_SIZE, 1],
    labelNames: glyphs.map(({ name }) => name),
    defaultCount: 6000,
    ...counts,
    draw(split, index, pixels) {
      const dice = new Dice(SEED, `digits-and-shapes/${split}`, index);
      const label = dice.whole(glyphs.length);
      const glyph = glyphs[label];
      if (glyph) drawGlyph(glyph, dice, pixels);
      return label;
    },
  },
  {
    name: 'colour-scenes',
    title: 'Colour scenes',
    description: 'Painted landscapes and seascapes by day, dusk, dawn and night; 32×32, colour.',
    shape: [SCENE_SIZE, SCENE_SIZE, 3],
    labelNames: sceneNames,
    defaultCount: 4000,
    ...counts,
    draw(split, index, pixels) {
      const dice = new Dice(SEED, `colour-scenes/${split}`, index);
      const label = dice.whole(sceneNames.length);
      const scene = sceneNames[label];
      if (scene) drawScene(scene, dice, pixels);
      return label;
    },
  },
];
