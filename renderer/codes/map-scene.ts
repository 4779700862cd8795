import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { lookOfClass } from './class-look';
import { classLabels } from './cloud';
import type { MapScene } from './map-painter';
import type { ShownMap } from './map-store';

/** What the painter is given; made anew only where something in it has changed. */
export function useMapScene(
  shown: ShownMap,
  hidden: readonly number[],
  selected: readonly number[],
): MapScene {
  const { cloud } = shown;
  const scheme = useComputedColorScheme();
  const classes = useMemo(() => {
    const labels = classLabels(cloud);
    const order = new Map(labels.map((label, at) => [label, at]));
    const classAt = Uint16Array.from(
      { length: cloud.count },
      (_, place) => order.get(cloud.labels?.[place] ?? -1) ?? 0,
    );
    return { labels, classAt };
  }, [cloud]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours behind the variables go by the scheme
  const looks = useMemo(() => {
    const style = getComputedStyle(document.documentElement);
    const count = Math.max(1, classes.labels.length);
    return {
      classes: Array.from({ length: count }, (_, at) => {
        const { colour, form } = lookOfClass(at);
        return { form, colour: rgbOf(style.getPropertyValue(colour)) };
      }),
      shade: {
        ground: style.getPropertyValue('--hg-ground'),
        line: style.getPropertyValue('--hg-line'),
      },
    };
  }, [classes.labels.length, scheme]);
  const mask = useMemo(() => {
    if (selected.length === 0) return null;
    const places = new Uint8Array(cloud.count);
    for (const place of selected) places[place] = 1;
    return places;
  }, [selected, cloud.count]);
  return useMemo(
    () => ({
      points: shown.points,
      density: shown.density,
      classAt: classes.classAt,
      hidden: classes.labels.map((label) => hidden.includes(label)),
      selected: mask,
      ...looks,
    }),
    [shown.points, shown.density, classes, hidden, mask, looks],
  );
}

/** The colour of `#rrggbb`. */
function rgbOf(text: string): [number, number, number] {
  const value = Number.parseInt(text.trim().slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
