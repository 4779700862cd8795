import { Background, BackgroundVariant, Controls } from '@xyflow/react';
import { BoxSelection } from './box-selection';
import { CanvasPlaceKeeper } from './canvas-place';
import { ConnectionReason } from './connection-reason';
import { ContextClicks } from './context-clicks';
import { CutWires } from './cut-wires';
import { FitView } from './fit-view';
import { fitDrawing } from './fit-view-command';
import { HelperLineView } from './helper-line-view';
import { Overview } from './overview';
import { GRID, useGrid } from './snapping';
import { ZoomLevel } from './zoom-level';

function Ground() {
  const grid = useGrid((state) => state.on);
  return (
    <Background
      variant={grid ? BackgroundVariant.Lines : BackgroundVariant.Dots}
      gap={GRID}
      size={grid ? 1 : 1.2}
    />
  );
}

/** What lies under and over the drawing. These very elements at every frame of a drag, so that React leaves them alone. */
export const surroundings = (
  <>
    <Ground />
    <Controls position="bottom-left" showInteractive={false} onFitView={fitDrawing} />
    <Overview />
    <ConnectionReason />
    <HelperLineView />
    <FitView />
    <ZoomLevel />
    <CanvasPlaceKeeper />
    <BoxSelection />
    <ContextClicks />
    <CutWires />
  </>
);
