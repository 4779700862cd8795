import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeWhole } from '../../main/models/atomic-file';

const placeSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean(),
});

/** Where a window is on the screens, in device-independent pixels; when maximized, where it would be otherwise. */
export type WindowPlace = z.infer<typeof placeSchema>;

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Less of a window's top edge than this can't be taken hold of. */
const GRIP = { width: 120, height: 24 };

/** How far each further window lies from the one before, so that both can be taken hold of. */
const STEP = 28;

/** A place for one more window, in front of one that is open. */
export function beside(place: WindowPlace): WindowPlace {
  return { ...place, x: place.x + STEP, y: place.y + STEP, maximized: false };
}

/** The place kept in a file, or null where there is none that can be understood. */
export function readPlace(file: string): WindowPlace | null {
  try {
    return placeSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Keeps a place for the next start. Does its best: that it can't be kept is no reason to fail. */
export async function writePlace(file: string, place: WindowPlace): Promise<void> {
  try {
    await writeWhole(file, `${JSON.stringify(place)}\n`);
  } catch {
    // A full disk, a folder that may not be written.
  }
}

/**
 * A place in which the window can be seen and moved: as it was while a screen still holds a grip of its title bar, and
 * never larger than that screen; null where none does, so that the system chooses.
 *
 * @param screens their work areas
 */
export function visiblePlace(place: WindowPlace, screens: readonly Area[]): WindowPlace | null {
  const holder = screens.find((screen) => {
    const across = Math.min(place.x + place.width, screen.x + screen.width) - Math.max(place.x, screen.x);
    const below = screen.y + screen.height - place.y;
    return across >= GRIP.width && place.y >= screen.y && below >= GRIP.height;
  });
  if (!holder) return null;
  return {
    ...place,
    width: Math.min(place.width, holder.width),
    height: Math.min(place.height, holder.height),
  };
}
