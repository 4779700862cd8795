import { type Colour, mix } from './canvas';
import type { Dice } from './dice';

/** What the hour does to a scene. */
export interface Light {
  readonly night: boolean;
  readonly skyTop: Colour;
  readonly skyLow: Colour;
  /** Sun or moon. */
  readonly disc: Colour;
  readonly halo: Colour;
  /** What falls on the land: colours are multiplied by it. */
  readonly ground: Colour;
  readonly window: Colour;
}

const hours: readonly Light[] = [
  {
    night: false,
    skyTop: [0.2, 0.5, 0.88],
    skyLow: [0.76, 0.9, 0.98],
    disc: [1, 0.97, 0.78],
    halo: [0.4, 0.34, 0.16],
    ground: [1, 1, 0.96],
    window: [0.3, 0.42, 0.55],
  },
  {
    night: false,
    skyTop: [0.36, 0.25, 0.52],
    skyLow: [1, 0.62, 0.34],
    disc: [1, 0.87, 0.52],
    halo: [0.75, 0.36, 0.1],
    ground: [0.78, 0.56, 0.55],
    window: [1, 0.85, 0.45],
  },
  {
    night: false,
    skyTop: [0.45, 0.6, 0.82],
    skyLow: [1, 0.82, 0.76],
    disc: [1, 0.95, 0.86],
    halo: [0.34, 0.2, 0.12],
    ground: [0.92, 0.86, 0.9],
    window: [0.55, 0.5, 0.55],
  },
  {
    night: true,
    skyTop: [0.03, 0.05, 0.15],
    skyLow: [0.13, 0.19, 0.36],
    disc: [0.96, 0.96, 0.88],
    halo: [0.18, 0.2, 0.28],
    ground: [0.3, 0.38, 0.56],
    window: [1, 0.82, 0.38],
  },
];

/** One of day, dusk, dawn and night, a little different each time. */
export function lightOf(dice: Dice): Light {
  const hour = hours[dice.whole(hours.length)] ?? hours[0];
  if (hour === undefined) throw new Error('There is no hour of the day.');
  const warmth = dice.around(0.08);
  const tint = (colour: Colour): Colour => [colour[0] * (1 + warmth), colour[1], colour[2] * (1 - warmth)];
  const haze = dice.between(0, 0.18);
  return {
    ...hour,
    skyTop: mix(tint(hour.skyTop), hour.skyLow, haze),
    skyLow: tint(hour.skyLow),
    ground: tint(hour.ground),
  };
}
