import { FROM_XYZ, TO_XYZ } from '../../../shared/tensors/lab';

/** How a program writes what the arithmetic of L*a*b* needs. */
interface LabWords {
  readonly where: string;
  readonly clip: string;
  readonly minimum: string;
  /** One channel of a picture, by its number. */
  channel(picture: string, at: string): string;
  /** Channels put together. */
  joined(channels: string): string;
}

/** The functions of a written program that a step may call. */
export type LabFunction = 'lightness_of' | 'colours_of';

const triple = (row: readonly number[]) => `(${row.join(', ')})`;

/** The arithmetic of `shared/tensors/lab.ts` as functions of Python, two empty lines behind each. */
export function labLines({ where, clip, minimum, channel, joined }: LabWords): string[] {
  const matrix = (name: string, rows: readonly (readonly number[])[]) => [
    `${name} = (`,
    ...rows.map((row) => `    ${triple(row)},`),
    ')',
  ];
  const take = (picture: string, count: number) => `[${channel(picture, 'at')} for at in range(${count})]`;
  return [
    '# CIE L*a*b* of sRGB under D65 (CIE 15:2004, IEC 61966-2-1). All values lie between 0 and 1.',
    '# From linear light to X, Y and Z as shares of white, and back.',
    ...matrix('TO_XYZ', TO_XYZ),
    ...matrix('FROM_XYZ', FROM_XYZ),
    '',
    '',
    'def decoded(value):',
    '    """From sRGB to linear light."""',
    `    bent = ${clip}((value + 0.055) / 1.055, 1e-6, 1e6) ** 2.4`,
    `    return ${where}(value >= 0.04045, bent, value / 12.92)`,
    '',
    '',
    'def encoded(linear):',
    '    """From linear light to sRGB."""',
    `    bent = 1.055 * ${clip}(linear, 1e-6, 1e6) ** (1 / 2.4) - 0.055`,
    `    return ${where}(linear >= 0.0031308, bent, 12.92 * linear)`,
    '',
    '',
    'def curve(share):',
    '    """CIE’s f: the cube root, and a straight line near 0."""',
    `    bent = ${clip}(share, 1e-6, 1e6) ** (1 / 3)`,
    `    return ${where}(share >= (6 / 29) ** 3, bent, share / (3 * (6 / 29) ** 2) + 4 / 29)`,
    '',
    '',
    'def uncurve(value):',
    '    """The other way round."""',
    `    return ${where}(value >= 6 / 29, value * value * value, 3 * (6 / 29) ** 2 * (value - 4 / 29))`,
    '',
    '',
    'def mixed(row, channels):',
    '    return row[0] * channels[0] + row[1] * channels[1] + row[2] * channels[2]',
    '',
    '',
    'def lightness_of(colours):',
    '    """The grey that has the lightness of red, green and blue."""',
    `    linear = [decoded(value) for value in ${take('colours', 3)}]`,
    '    return encoded(mixed(TO_XYZ[1], linear))',
    '',
    '',
    'def colours_of(grey, chroma):',
    '    """Red, green and blue of a lightness and of a* and b*; what no screen shows is brought towards grey."""',
    `    luminance = decoded(${clip}(grey, 0, 1))`,
    `    a, b = ${take('chroma', 2)}`,
    '    y = curve(luminance)',
    '    xyz = [uncurve(y + (220 * a - 110) / 500), luminance, uncurve(y - (220 * b - 110) / 200)]',
    '    away = [mixed(row, xyz) - luminance for row in FROM_XYZ]',
    '    share = 1 + 0 * luminance',
    '    for by in away:',
    `        share = ${minimum}(share, (1 - luminance) / ${clip}(by, 1e-6, 1e6))`,
    `        share = ${minimum}(share, luminance / ${clip}(0 - by, 1e-6, 1e6))`,
    `    shown = [${clip}(luminance + ${clip}(share, 0, 1) * by, 0, 1) for by in away]`,
    `    return ${joined(`[${clip}(encoded(value), 0, 1) for value in shown]`)}`,
    '',
    '',
  ];
}
