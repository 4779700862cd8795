import { MiniMap, useStore } from '@xyflow/react';
import { currentDocument } from '../state/document-store';
import { canvasDrawing, type ShownDrawing, useDrawing } from '../state/drawing';
import { detourLevels } from './detours';
import { widthOf } from './hourglass-geometry';

/** A map of the drawing, there only while a part of it is out of sight. */
export function Overview() {
  const edges = edgesOf(useDrawing());
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
      style={{ width: 168, height: 48 }}
      nodeColor={(node) =>
        node.type === 'frame'
          ? 'transparent'
          : node.type === 'note'
            ? 'var(--hg-line)'
            : `var(--hg-${halfOf(node)})`
      }
      nodeBorderRadius={8}
      pannable
      zoomable
      ariaLabel="Overview"
    />
  );
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

function halfOf(node: { readonly data: Record<string, unknown> }): string {
  const { nodes } = canvasDrawing(currentDocument());
  const inner = nodes.find((candidate) => candidate === node.data.node);
  return inner?.half ?? 'encoder';
}
