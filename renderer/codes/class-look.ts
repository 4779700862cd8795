/** A mark's form, in a square from −1 to 1: how far inside its outline a place is (above 0) or outside (below). */
type Form = (x: number, y: number) => number;

const stroke = 0.3;

/** Forms that stay apart at a few pixels; each also as a path in a square of 16 × 16, for the legend. */
const FORMS: readonly { readonly form: Form; readonly path: string }[] = [
  { form: (x, y) => 0.78 - Math.hypot(x, y), path: 'M8 1.5a6.5 6.5 0 1 0 .01 0Z' },
  { form: (x, y) => 0.82 - Math.max(Math.abs(x), Math.abs(y)), path: 'M1.6 1.6h12.8v12.8H1.6Z' },
  {
    form: (x, y) => Math.min(0.72 - y, 0.5 * (y + 1.04) - 0.9 * Math.abs(x)),
    path: 'M8 .8 15 13.8H1Z',
  },
  { form: (x, y) => 1.02 - 1.5 * Math.abs(x) - Math.abs(y), path: 'M8 0 13.4 8 8 16 2.6 8Z' },
  {
    form: (x, y) =>
      Math.min(0.98 - Math.max(Math.abs(x), Math.abs(y)), stroke - Math.min(Math.abs(x), Math.abs(y))),
    path: 'M5.6.2h4.8v5.4h5.4v4.8h-5.4v5.4H5.6v-5.4H.2V5.6h5.4Z',
  },
  {
    form: (x, y) => Math.min(0.72 + y, 0.5 * (1.04 - y) - 0.9 * Math.abs(x)),
    path: 'M1 2.2h14L8 15.2Z',
  },
  {
    form: (x, y) => {
      const [a, b] = [Math.abs(x + y) * Math.SQRT1_2, Math.abs(x - y) * Math.SQRT1_2];
      return Math.min(1.02 - Math.max(a, b), stroke - Math.min(a, b));
    },
    path: 'M2.2 0 8 5.8 13.8 0 16 2.2 10.2 8 16 13.8 13.8 16 8 10.2 2.2 16 0 13.8 5.8 8 0 2.2Z',
  },
  {
    form: (x, y) => Math.min(0.92 - Math.hypot(x, y), Math.hypot(x, y) - 0.42),
    path: 'M8 .6a7.4 7.4 0 1 0 .01 0Zm0 4a3.4 3.4 0 1 1-.01 0Z',
  },
];

/** `--hg-class-1` and so on, in `window.css`. */
const COLOURS = 8;

/** What the samples of a class look like in the map. Classes differ in colour and in form; 64 of them do in one of both. */
export interface ClassLook {
  /** Of the CSS variable. */
  readonly colour: string;
  readonly form: number;
}

export function lookOfClass(index: number): ClassLook {
  const round = Math.floor(index / COLOURS);
  return {
    colour: `--hg-class-${(index % COLOURS) + 1}`,
    form: (index + 3 * round) % FORMS.length,
  };
}

export function formPath(form: number): string {
  return FORMS[form]?.path ?? '';
}

/** How much of each pixel a mark covers: 0 … 255, `side` × `side` with the mark in the middle. */
export interface MarkMask {
  readonly side: number;
  readonly cover: Uint8Array;
}

const PARTS = 4;

/** A mark of a form, smooth at its edges. @param radius half its width, in pixels of the screen itself */
export function markMask(form: number, radius: number): MarkMask {
  const inside = FORMS[form]?.form ?? (() => -1);
  const reach = Math.ceil(radius + 0.5);
  const side = 2 * reach + 1;
  const cover = new Uint8Array(side * side);
  for (let at = 0; at < cover.length; at += 1) {
    let hits = 0;
    for (let part = 0; part < PARTS * PARTS; part += 1) {
      const x = (at % side) - reach + ((part % PARTS) + 0.5) / PARTS - 0.5;
      const y = Math.floor(at / side) - reach + (Math.floor(part / PARTS) + 0.5) / PARTS - 0.5;
      if (inside(x / radius, y / radius) >= 0) hits += 1;
    }
    cover[at] = Math.round((255 * hits) / (PARTS * PARTS));
  }
  return { side, cover };
}
