import { markMask } from './class-look';
import type { CodeDensity } from './code-density';
import type { MapSize, MapView } from './map-view';
import { viewBetween } from './map-view';
import { type Raster, type Stamp, stampMark, stampOf } from './mark-raster';

/** What a class looks like, in the colours of the present scheme. */
interface PaintedClass {
  readonly form: number;
  readonly colour: readonly [red: number, green: number, blue: number];
}

/** All that is painted. */
export interface MapScene {
  /** Count × 2; NaN for what has no place. */
  readonly points: Float32Array;
  readonly classes: readonly PaintedClass[];
  /** Which class each is of. */
  readonly classAt: Uint16Array;
  /** By class. */
  readonly hidden: readonly boolean[];
  /** 1 for each that is selected; null where none is, so that none stands back. */
  readonly selected: Uint8Array | null;
  readonly density: CodeDensity | null;
  /** What areas off the data are shaded with. */
  readonly shade: { readonly ground: string; readonly line: string };
}

const OPAQUE = 255;
/** Of those that are not selected, where some are. */
const BACK = 60;
/** Pixels painted beyond each edge, so that a map that is dragged is only pushed along and seldom painted anew. */
const BEYOND = 80;

/** Paints the map: the areas off the data on one canvas, the codes on another over it, as sharp as the screen is. */
export class MapPainter {
  #scene: MapScene | null = null;
  #view: MapView | null = null;
  #size: MapSize = { width: 0, height: 0 };
  #scale = 1;
  #move: {
    readonly from: Float32Array;
    readonly view: MapView;
    readonly since: number;
    readonly time: number;
  } | null = null;
  #frame: number | null = null;
  #stamps: {
    readonly key: string;
    readonly whole: readonly Stamp[];
    readonly back: readonly Stamp[];
  } | null = null;
  #mask: { readonly density: CodeDensity; readonly canvas: HTMLCanvasElement } | null = null;
  #image: { readonly data: ImageData; readonly raster: Raster } | null = null;
  /** The view that is painted, where nothing was on its way then. */
  #paintedView: MapView | null = null;

  /** @param painted told after each frame, with the scene that was painted */
  constructor(
    private readonly shade: HTMLCanvasElement,
    private readonly marks: HTMLCanvasElement,
    private readonly painted: (scene: MapScene) => void,
  ) {}

  /** Shows a scene; points that were there before move to their new places in so many milliseconds. */
  show(scene: MapScene, view: MapView, size: MapSize, time: number): void {
    const before = this.#scene;
    const isNew = before !== null && this.#view !== null && before.points !== scene.points;
    if (isNew && time > 0 && before.points.length === scene.points.length) {
      const from = this.#move ? this.#pointsNow(before.points) : before.points;
      this.#move = { from, view: this.#viewNow() ?? view, since: performance.now(), time };
    } else if (isNew) this.#move = null;
    const isResized = this.#resize(size);
    const isSame = before === scene && !isResized && !this.#move && this.#frame === null;
    this.#scene = scene;
    this.#view = view;
    if (!isSame || !this.#push(view)) this.#soon();
  }

  /** Pushes what is painted to where the view has it. @returns whether that will do */
  #push(view: MapView): boolean {
    const painted = this.#paintedView;
    if (painted?.perX !== view.perX || painted.perY !== view.perY) return false;
    // Whole pixels of the screen, so that marks stay sharp.
    const whole = (length: number) => Math.round(length * this.#scale) / this.#scale;
    const [right, down] = [whole((painted.x - view.x) * view.perX), whole((view.y - painted.y) * view.perY)];
    if (Math.abs(right) > BEYOND || Math.abs(down) > BEYOND) return false;
    for (const canvas of [this.shade, this.marks])
      canvas.style.transform = `translate(${right}px, ${down}px)`;
    return true;
  }

  dispose(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
  }

  /** @returns whether the size had to be changed */
  #resize(size: MapSize): boolean {
    const scale = window.devicePixelRatio || 1;
    if (size.width === this.#size.width && size.height === this.#size.height && scale === this.#scale)
      return false;
    this.#size = size;
    this.#scale = scale;
    for (const canvas of [this.shade, this.marks]) {
      const [width, height] = [size.width + 2 * BEYOND, size.height + 2 * BEYOND];
      canvas.width = Math.max(1, Math.round(width * scale));
      canvas.height = Math.max(1, Math.round(height * scale));
      Object.assign(canvas.style, { left: `${-BEYOND}px`, top: `${-BEYOND}px` });
      Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    }
    this.#image = null;
    this.#paintedView = null;
    return true;
  }

  #soon(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#paint();
    });
  }

  #share(): number {
    if (!this.#move) return 1;
    const share = Math.min(1, (performance.now() - this.#move.since) / this.#move.time);
    // Fast at first, then slower.
    return 1 - (1 - share) ** 3;
  }

  #viewNow(): MapView | null {
    return this.#move && this.#view ? viewBetween(this.#move.view, this.#view, this.#share()) : this.#view;
  }

  #pointsNow(points: Float32Array): Float32Array {
    if (!this.#move) return points;
    const { from } = this.#move;
    const share = this.#share();
    return points.map((value, at) => {
      const start = from[at] ?? value;
      return Number.isFinite(start) ? start + (value - start) * share : value;
    });
  }

  #paint(): void {
    const scene = this.#scene;
    const view = this.#viewNow();
    if (!scene || !view || this.#size.width < 1) return;
    this.#paintShade(scene, view);
    this.#paintMarks(scene, view);
    for (const canvas of [this.shade, this.marks]) canvas.style.transform = '';
    if (this.#move && this.#share() < 1) this.#soon();
    else this.#move = null;
    this.#paintedView = this.#move ? null : view;
    this.painted(scene);
  }

  /** Hatches everything, and takes away where the codes are dense. */
  #paintShade({ density, shade }: MapScene, view: MapView): void {
    const context = this.shade.getContext('2d');
    if (!context) return;
    const { width, height } = this.shade;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalCompositeOperation = 'source-over';
    context.clearRect(0, 0, width, height);
    if (!density) return;
    context.fillStyle = shade.ground;
    context.fillRect(0, 0, width, height);
    context.strokeStyle = shade.line;
    context.lineWidth = this.#scale;
    context.beginPath();
    const [perX, perY] = [view.perX * this.#scale, view.perY * this.#scale];
    const pitch = Math.round(7 * this.#scale);
    // The lines go along with the plane.
    const phase = (((height / 2 + view.y * perY + width / 2 - view.x * perX) % pitch) + pitch) % pitch;
    for (let at = phase - Math.ceil(height / pitch) * pitch - pitch; at < width; at += pitch) {
      context.moveTo(at, height);
      context.lineTo(at + height, 0);
    }
    context.stroke();
    context.globalCompositeOperation = 'destination-out';
    context.imageSmoothingEnabled = true;
    context.drawImage(
      this.#maskOf(density),
      width / 2 + (density.left - view.x) * perX,
      height / 2 - (density.bottom + density.height - view.y) * perY,
      density.width * perX,
      density.height * perY,
    );
  }

  /** The grid as a picture, upside down as pictures are, that is opaque on the data. */
  #maskOf(density: CodeDensity): HTMLCanvasElement {
    if (this.#mask?.density === density) return this.#mask.canvas;
    const { side, on } = density;
    const canvas = document.createElement('canvas');
    canvas.width = side;
    canvas.height = side;
    const image = new ImageData(side, side);
    for (let row = 0; row < side; row += 1) {
      for (let column = 0; column < side; column += 1) {
        image.data[4 * ((side - 1 - row) * side + column) + 3] = 255 * (on[row * side + column] ?? 0);
      }
    }
    canvas.getContext('2d')?.putImageData(image, 0, 0);
    this.#mask = { density, canvas };
    return canvas;
  }

  #paintMarks(scene: MapScene, view: MapView): void {
    const context = this.marks.getContext('2d');
    if (!context) return;
    const { width, height } = this.marks;
    this.#image ??= imageOf(width, height);
    const { data, raster } = this.#image;
    raster.pixels.fill(0);
    const { whole, back } = this.#stampsFor(scene);
    const { points, classAt, hidden, selected } = scene;
    const from = this.#move?.from ?? points;
    const share = this.#share();
    const [perX, perY] = [view.perX * this.#scale, view.perY * this.#scale];
    const passes = selected ? [0, 1] : [1];
    for (const pass of passes) {
      const stamps = pass === 1 ? whole : back;
      for (let place = 0; 2 * place < points.length; place += 1) {
        if (selected && selected[place] !== pass) continue;
        const own = classAt[place] ?? 0;
        if (hidden[own]) continue;
        let [x, y] = [points[2 * place]!, points[2 * place + 1]!];
        const [oldX, oldY] = [from[2 * place]!, from[2 * place + 1]!];
        if (share < 1 && Number.isFinite(oldX))
          [x, y] = [oldX + (x - oldX) * share, oldY + (y - oldY) * share];
        const left = Math.round(width / 2 + (x - view.x) * perX);
        const top = Math.round(height / 2 - (y - view.y) * perY);
        // Not true of points without a place.
        if (!(left > -50 && left < width + 50 && top > -50 && top < height + 50)) continue;
        stampMark(raster, stamps[own]!, left, top);
      }
    }
    context.putImageData(data, 0, 0);
  }

  #stampsFor({ classes, points }: MapScene) {
    const radius = markRadius(points.length / 2) * this.#scale;
    const key = `${radius} ${classes.map(({ form, colour }) => `${form} ${colour}`).join(';')}`;
    if (this.#stamps?.key === key) return this.#stamps;
    const stampsOf = (alpha: number): Stamp[] =>
      classes.map(({ form, colour }) => stampOf(markMask(form, radius), colour, alpha));
    this.#stamps = { key, whole: stampsOf(OPAQUE), back: stampsOf(BACK) };
    return this.#stamps;
  }
}

function imageOf(width: number, height: number) {
  const data = new ImageData(width, height);
  return { data, raster: { width, height, pixels: new Int32Array(data.data.buffer) } };
}

/** Half a mark's width in pixels: smaller where there are many. */
export function markRadius(count: number): number {
  if (count > 20_000) return 1.8;
  if (count > 5_000) return 2.5;
  return count > 1_000 ? 3.2 : 4;
}
