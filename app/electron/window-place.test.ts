import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beside, readPlace, visiblePlace, writePlace } from './window-place';

const place = { x: 100, y: 80, width: 1200, height: 800, maximized: false };
const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const second = { x: 1440, y: 0, width: 2560, height: 1440 };

describe('visiblePlace', () => {
  it('is the place as it was while it can be seen', () => {
    expect(visiblePlace(place, [laptop])).toEqual(place);
    expect(visiblePlace({ ...place, x: 1500 }, [laptop, second])).toEqual({ ...place, x: 1500 });
  });

  it('is none where its screen is gone, or its title bar is out of reach', () => {
    expect(visiblePlace({ ...place, x: 1500 }, [laptop])).toBeNull();
    expect(visiblePlace({ ...place, x: -1150 }, [laptop])).toBeNull();
    expect(visiblePlace({ ...place, y: 0 }, [laptop])).toBeNull();
    expect(visiblePlace({ ...place, y: 890 }, [laptop])).toBeNull();
    expect(visiblePlace(place, [])).toBeNull();
  });

  it('is no larger than the screen', () => {
    expect(visiblePlace({ ...place, width: 3000, height: 2000 }, [laptop])).toMatchObject({
      width: 1440,
      height: 875,
    });
  });
});

it('puts one more window where both can be taken hold of', () => {
  expect(beside({ ...place, maximized: true })).toEqual({ ...place, x: 128, y: 108, maximized: false });
  const low = beside({ ...place, y: 880 });
  expect(visiblePlace(low, [laptop]), 'none below the screen').toBeNull();
});

describe('a place in a file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hourglass-place-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('comes back as it was kept', async () => {
    const file = join(folder, 'window.json');
    expect(readPlace(file)).toBeNull();
    await writePlace(file, place);
    expect(readPlace(file)).toEqual(place);
  });

  it.each(['', '{', '[]', '{"x":1}', '{"x":0,"y":0,"width":0,"height":9,"maximized":false}'])(
    'is none where the file holds %j',
    async (text) => {
      const file = join(folder, 'broken.json');
      await writeFile(file, text);
      expect(readPlace(file)).toBeNull();
    },
  );

  it('that can’t be kept is no failure', async () => {
    await writePlace(join(folder, 'no such folder', 'window.json'), place);
  });
});
