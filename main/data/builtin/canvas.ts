/** Red, green and blue from 0 to 1, as the screen shows them. */
export type Colour = readonly [red: number, green: number, blue: number];

export function mix(a: Colour, b: Colour, share: number): Colour {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

/** Each part of `colour` times that of `light`. */
export function lit(colour: Colour, light: Colour): Colour {
  return [colour[0] * light[0], colour[1] * light[1], colour[2] * light[2]];
}

/**
 * A small square colour picture, painted from back to front. Lengths are pixels, (0, 0) is the middle of the
 * upper left pixel, y runs down. Edges are smooth: a pixel takes as much colour as the shape covers of it.
 */
export class Canvas {
  private readonly values: Float32Array;

  constructor(readonly size: number) {
    this.values = new Float32Array(size * size * 3);
  }

  /** Colours whole rows, from the height `from` down. */
  rows(colourOf: (y: number) => Colour, from = -1): void {
    for (let y = Math.max(0, Math.ceil(from - 0.5)); y < this.size; y++) {
      const colour = colourOf(y);
      const cover = Math.min(1, y + 0.5 - from);
      for (let x = 0; x < this.size; x++) this.blend(x, y, colour, cover);
    }
  }

  /** Everything below the line whose height over each column is `top(x)`. */
  below(top: (x: number) => number, colourOf: (y: number, depth: number) => Colour): void {
    for (let x = 0; x < this.size; x++) {
      const edge = top(x);
      for (let y = Math.max(0, Math.ceil(edge - 0.5)); y < this.size; y++) {
        this.blend(x, y, colourOf(y, y - edge), Math.min(1, y + 0.5 - edge));
      }
    }
  }

  /** An ellipse; `soft` is the width of its edge. */
  ellipse(
    [x, y]: readonly [number, number],
    [across, down]: readonly [number, number],
    colour: Colour,
    { soft = 1, opacity = 1 } = {},
  ): void {
    const reach = soft / 2;
    const smaller = Math.min(across, down);
    this.inside(x - across - reach, y - down - reach, x + across + reach, y + down + reach, (px, py) => {
      const away = Math.hypot((px - x) / across, (py - y) / down);
      this.blend(px, py, colour, (opacity * ((1 - away) * smaller + reach)) / soft, opacity);
    });
  }

  /** Light that fades with the square of the distance, added to what is there. */
  glow(x: number, y: number, radius: number, colour: Colour, strength: number): void {
    this.inside(x - radius, y - radius, x + radius, y + radius, (px, py) => {
      const away = ((px - x) ** 2 + (py - y) ** 2) / (radius * radius);
      if (away < 1) this.add(px, py, colour, strength * (1 - away) ** 2);
    });
  }

  /** A convex polygon, corners clockwise as seen. */
  polygon(corners: readonly (readonly [number, number])[], colour: Colour, opacity = 1): void {
    const xs = corners.map(([x]) => x);
    const ys = corners.map(([, y]) => y);
    const sides = corners.map(([x, y], index) => {
      const [nextX, nextY] = corners[(index + 1) % corners.length] ?? [x, y];
      const length = Math.max(1e-9, Math.hypot(nextX - x, nextY - y));
      return { x, y, inX: -(nextY - y) / length, inY: (nextX - x) / length };
    });
    this.inside(
      Math.min(...xs) - 1,
      Math.min(...ys) - 1,
      Math.max(...xs) + 1,
      Math.max(...ys) + 1,
      (px, py) => {
        let cover = 1;
        for (const { x, y, inX, inY } of sides) {
          const inwards = (px - x) * inX + (py - y) * inY + 0.5;
          if (inwards <= 0) return;
          if (inwards < 1) cover *= inwards;
        }
        this.blend(px, py, colour, cover * opacity);
      },
    );
  }

  rectangle(left: number, top: number, right: number, bottom: number, colour: Colour, opacity = 1): void {
    this.polygon(
      [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
      ],
      colour,
      opacity,
    );
  }

  /** Adds light to one pixel. */
  add(x: number, y: number, [red, green, blue]: Colour, strength: number): void {
    const place = (y * this.size + x) * 3;
    this.values[place]! += red * strength;
    this.values[place + 1]! += green * strength;
    this.values[place + 2]! += blue * strength;
  }

  /** Writes the picture as bytes, row by row, red, green, blue. */
  writeTo(pixels: Uint8Array): void {
    const clamped = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length);
    for (let place = 0; place < clamped.length; place++) clamped[place] = 255 * this.values[place]!;
  }

  private blend(x: number, y: number, [red, green, blue]: Colour, cover: number, most = 1): void {
    const share = Math.min(most, cover);
    if (share <= 0) return;
    const place = (y * this.size + x) * 3;
    const { values } = this;
    values[place]! += (red - values[place]!) * share;
    values[place + 1]! += (green - values[place + 1]!) * share;
    values[place + 2]! += (blue - values[place + 2]!) * share;
  }

  private inside(
    left: number,
    top: number,
    right: number,
    bottom: number,
    visit: (x: number, y: number) => void,
  ): void {
    const lastX = Math.min(this.size - 1, Math.floor(right));
    const lastY = Math.min(this.size - 1, Math.floor(bottom));
    for (let y = Math.max(0, Math.ceil(top)); y <= lastY; y++) {
      for (let x = Math.max(0, Math.ceil(left)); x <= lastX; x++) visit(x, y);
    }
  }
}
