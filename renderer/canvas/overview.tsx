import { MiniMap, type Node, useStore } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { type ShownDrawing, useDrawing } from '../state/drawing';
import { t } from '../strings/strings';
import { detourLevels } from './detours';
import type { BlockFlowNode } from './flow-elements';
import { widthOf } from './hourglass-geometry';

/** A map of the drawing, there only while a part of it is out of sight. It does not follow each frame of a drag of its own accord. */
export const Overview = memo(function Overview() {
  const drawing = useDrawing();
  const edges = useMemo(() => edgesOf(drawing), [drawing]);
  const hidden = useStore(({ transform: [x, y, zoom], width, height }) => {
    return (
      edges.left * zoom + x < -1 ||
      edges.top * zoom + y < -1 ||
      edges.right * zoom + x > width + 1 ||
      edges.bottom * zoom + y > height + 1
    );
  });
  if (!hidden) return null;
  return (
    <MiniMap
      position="bottom-right"
      style={SIZE}
      nodeColor={colourOf}
      nodeBorderRadius={8}
      pannable
      zoomable
      ariaLabel={t('canvas.overview')}
    />
  );
});

const SIZE = { width: 168, height: 48 };

function colourOf({ type, data }: Node): string {
  if (type === 'frame') return 'transparent';
  if (type === 'note') return 'var(--hg-line)';
  return `var(--hg-${'node' in data ? (data as BlockFlowNode['data']).node.half : 'encoder'})`;
}

function edgesOf(drawing: ShownDrawing) {
  const { nodes } = drawing;
  return {
    left: Math.min(...nodes.map(({ position }) => position.x)),
    top: Math.min(...nodes.map(({ position }) => position.y)),
    right: Math.max(...nodes.map((node) => node.position.x + widthOf(node))),
    bottom: Math.max(
      ...nodes.map(({ position, height }) => position.y + height),
      ...detourLevels(drawing).values(),
    ),
  };
}
