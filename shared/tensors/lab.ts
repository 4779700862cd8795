/**
 * CIE 1976 L*a*b* (CIE 15:2004) of sRGB (IEC 61966-2-1), under its white, D65. Written once over the arithmetic given, for
 * numbers and for both engines alike; a value is that of one channel of a pixel, sRGB from 0 to 1.
 */
export interface LabOps<V> {
  add(a: V, b: V): V;
  sub(a: V, b: V): V;
  mul(a: V, b: V): V;
  div(a: V, b: V): V;
  log(x: V): V;
  exp(x: V): V;
  clip(x: V, min: number, max: number): V;
  /** 1 where x ≥ threshold, else 0. */
  atLeast(x: V, threshold: number): V;
  constant(value: number): V;
}

export type Triple<V> = readonly [V, V, V];
type Matrix = Triple<Triple<number>>;

/**
 * From linear sRGB to CIE XYZ (IEC 61966-2-1), as shares of its white, so that what has no colour has exactly a* = b* = 0.
 */
export const TO_XYZ: Matrix = [
  ofWhite([0.4124, 0.3576, 0.1805]),
  ofWhite([0.2126, 0.7152, 0.0722]),
  ofWhite([0.0193, 0.1192, 0.9505]),
];
export const FROM_XYZ = inverse(TO_XYZ);

/** How far a* and b* reach from 0 at most, in sRGB: they lie between −108 and 99. */
const REACH = 110;
/** Where the straight part of CIE's curve ends, on the side of its results. */
const DELTA = 6 / 29;
/** No logarithm is taken of less; what is as small goes by the straight part of its curve. */
const TINY = 1e-6;
const HUGE = 1e6;

/** The grey, as sRGB, that has the lightness L* of a colour. */
export function greyOf<V>(ops: LabOps<V>, rgb: Triple<V>): V {
  return encoded(
    ops,
    dot(
      ops,
      TO_XYZ[1],
      each(rgb, (value) => decoded(ops, value)),
    ),
  );
}

/** a* and b* of a colour, scaled: 0.5 + value / 220, which lies between 0 and 1. */
export function chromaOf<V>(ops: LabOps<V>, rgb: Triple<V>): readonly [a: V, b: V] {
  const linear = each(rgb, (value) => decoded(ops, value));
  const [x, y, z] = each(TO_XYZ, (row) => curve(ops, dot(ops, row, linear)));
  const scaled = (difference: V, factor: number) => affine(ops, difference, factor / (2 * REACH), 0.5);
  return [scaled(ops.sub(x, y), 500), scaled(ops.sub(y, z), 200)];
}

/**
 * The colour, as sRGB, of this lightness and this a* and b*, scaled as `chromaOf` scales them. One that a screen cannot show is
 * brought towards grey until it can, at the same lightness.
 *
 * @param grey the grey sRGB value of the lightness
 */
export function colourOf<V>(ops: LabOps<V>, grey: V, [a, b]: readonly [V, V]): Triple<V> {
  const luminance = decoded(ops, ops.clip(grey, 0, 1));
  const y = curve(ops, luminance);
  const part = (value: V, factor: number) => affine(ops, value, (2 * REACH) / factor, -REACH / factor);
  const xyz: Triple<V> = [
    uncurve(ops, ops.add(y, part(a, 500))),
    luminance,
    uncurve(ops, ops.sub(y, part(b, 200))),
  ];
  // Linear light mixed with the grey of the same luminance keeps it.
  const away = each(FROM_XYZ, (row) => ops.sub(dot(ops, row, xyz), luminance));
  const share = shareWithin(ops, luminance, away);
  return each(away, (by) => {
    const linear = ops.clip(ops.add(luminance, ops.mul(share, by)), 0, 1);
    return ops.clip(encoded(ops, linear), 0, 1);
  });
}

/** How much of the way from a grey to a colour can be gone before a channel leaves 0 to 1; 1 where all can. */
function shareWithin<V>(ops: LabOps<V>, grey: V, away: Triple<V>): V {
  const room = [affine(ops, grey, -1, 1), grey];
  // Above by its own sign, below by the other.
  const shares = away.flatMap((by) =>
    room.map((left, side) => {
      const going = ops.clip(affine(ops, by, side === 0 ? 1 : -1, 0), TINY, HUGE);
      return ops.clip(ops.div(left, going), 0, 1);
    }),
  );
  return shares.reduce((a, b) => ops.sub(a, ops.clip(ops.sub(a, b), 0, 1)));
}

/** From sRGB to linear light. */
function decoded<V>(ops: LabOps<V>, value: V): V {
  const bent = power(ops, affine(ops, value, 1 / 1.055, 0.055 / 1.055), 2.4);
  return piecewise(ops, value, 0.04045, affine(ops, value, 1 / 12.92, 0), bent);
}

/** From linear light to sRGB. */
function encoded<V>(ops: LabOps<V>, linear: V): V {
  const bent = affine(ops, power(ops, linear, 1 / 2.4), 1.055, -0.055);
  return piecewise(ops, linear, 0.0031308, affine(ops, linear, 12.92, 0), bent);
}

/** CIE's f: the cube root, and a straight line near 0. */
function curve<V>(ops: LabOps<V>, share: V): V {
  const straight = affine(ops, share, 1 / (3 * DELTA ** 2), 4 / 29);
  return piecewise(ops, share, DELTA ** 3, straight, power(ops, share, 1 / 3));
}

function uncurve<V>(ops: LabOps<V>, value: V): V {
  const straight = affine(ops, value, 3 * DELTA ** 2, (-4 / 29) * 3 * DELTA ** 2);
  return piecewise(ops, value, DELTA, straight, ops.mul(value, ops.mul(value, value)));
}

/** `below` where x is under a threshold, else `above`. */
function piecewise<V>(ops: LabOps<V>, x: V, threshold: number, below: V, above: V): V {
  return ops.add(below, ops.mul(ops.atLeast(x, threshold), ops.sub(above, below)));
}

/** xⁿ of what is above 0. */
function power<V>(ops: LabOps<V>, x: V, exponent: number): V {
  return ops.exp(ops.mul(ops.log(ops.clip(x, TINY, HUGE)), ops.constant(exponent)));
}

function affine<V>(ops: LabOps<V>, x: V, factor: number, shift: number): V {
  const product = ops.mul(x, ops.constant(factor));
  return shift === 0 ? product : ops.add(product, ops.constant(shift));
}

function dot<V>(ops: LabOps<V>, row: Triple<number>, values: Triple<V>): V {
  const [x, y, z] = [0, 1, 2].map((at) => ops.mul(values[at]!, ops.constant(row[at]!)));
  return ops.add(ops.add(x!, y!), z!);
}

function each<A, B>([x, y, z]: Triple<A>, of: (value: A) => B): Triple<B> {
  return [of(x), of(y), of(z)];
}

function ofWhite(row: Triple<number>): Triple<number> {
  const white = row[0] + row[1] + row[2];
  return each(row, (value) => value / white);
}

/** By cofactors. */
function inverse([a, b, c]: Matrix): Matrix {
  const cross = (u: Triple<number>, v: Triple<number>): Triple<number> => [
    u[1] * v[2] - u[2] * v[1],
    u[2] * v[0] - u[0] * v[2],
    u[0] * v[1] - u[1] * v[0],
  ];
  const columns = [cross(b, c), cross(c, a), cross(a, b)] as const;
  const [first] = columns;
  const determinant = a[0] * first[0] + a[1] * first[1] + a[2] * first[2];
  const row = (at: 0 | 1 | 2): Triple<number> => each(columns, (column) => column[at] / determinant);
  return [row(0), row(1), row(2)];
}
