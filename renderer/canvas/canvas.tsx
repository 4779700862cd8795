import { useComputedColorScheme } from '@mantine/core';
import {
  applyNodeChanges,
  type EdgeChange,
  type NodeChange,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { type DragEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { canInsert, insertOnWire, moveNodes, type Place, type Position } from '../../shared/document/edits';
import { NODE_WIDTH } from '../../shared/plan/auto-layout';
import type { DrawingWire } from '../../shared/plan/drawing';
import { noteSelected } from '../inspector/focus-inspector';
import { BLOCK_MIME, useDraggedBlock } from '../palette/dragged-block';
import { currentDocument, edit, select, useDocument } from '../state/document-store';
import { canvasDrawing, currentDrawing, shownWire, useCanvasDrawing } from '../state/drawing';
import { keptParts } from '../state/kept-parts';
import { placesOfMembers } from '../state/selected-nodes';
import { t } from '../strings/strings';
import { addAtWire, addBlockAt, addOnCanvas } from './add-block';
import { BlockList } from './block-list';
import { BlockNode } from './block-node';
import { noteBoxKeys, takeSelection } from './box-selection';
import styles from './canvas.module.css';
import { surroundings } from './canvas-surroundings';
import { ContextMenu } from './context-menu';
import { aimAt, wireIdsAt } from './drop-target';
import {
  type CanvasEdge,
  type CanvasNode,
  flowEdges,
  flowFrames,
  flowNodes,
  flowNotes,
} from './flow-elements';
import { glide, takeGlide } from './glide';
import { GroupFrame } from './group-frame';
import { collapseGroup } from './groups';
import { NoteNode } from './note-node';
import { useNotes } from './notes';
import { nudge, takeArrowKeys } from './nudge';
import { SkipEdge } from './skip-edge';
import { endSnap, GRID, snapDrag, useGrid } from './snapping';
import { WireEdge } from './wire-edge';
import { wireGestures } from './wire-gestures';

const nodeTypes = { block: BlockNode, note: NoteNode, frame: GroupFrame };
const edgeTypes = { wire: WireEdge, skip: SkipEdge };
const PAN_BUTTONS = [1, 2];
const SELECTING_KEYS = ['Shift', 'Control', 'Meta'];
const GRID_STEPS: [number, number] = [GRID, GRID];
/** With more blocks, those out of sight are left out of the page: laying all out anew would hold up every zoom. */
const ALL_DRAWN_UP_TO = 60;

/** The drawing: encoder left, code in the middle, decoder right. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Flow />
      <BlockList />
      <ContextMenu />
    </ReactFlowProvider>
  );
}

function Flow() {
  const drawing = useCanvasDrawing();
  const document = useDocument((state) => state.history.present);
  const selection = useDocument((state) => state.selection);
  const scheme = useComputedColorScheme('dark');
  const { screenToFlowPosition, getNodes, getZoom } = useReactFlow<CanvasNode, CanvasEdge>();
  const grid = useGrid((state) => state.on);
  const dragging = useRef(false);
  const [nodes, setNodes] = useState<CanvasNode[]>([]);
  const keptEdges = useRef<readonly CanvasEdge[]>([]);
  const edges = useMemo(() => {
    keptEdges.current = keptParts(keptEdges.current, flowEdges(drawing, selection));
    return [...keptEdges.current];
  }, [drawing, selection]);

  // The document says what there is; React Flow's own copy adds what it measured and where a drag is just now.
  useEffect(() => {
    const drawn: CanvasNode[] = [
      ...flowFrames(document, drawing.nodes, selection),
      ...flowNotes(document.notes ?? [], selection),
      ...flowNodes(drawing, selection),
    ];
    if (takeGlide()) {
      const known = getNodes();
      const from = new Map(known.map(({ id, position }) => [id, position]));
      return glide(from, measured(known, drawn), setNodes);
    }
    setNodes((before) => {
      const kept = keptParts(before, measured(before, drawn));
      return kept === before ? before : [...kept];
    });
    return undefined;
  }, [drawing, document, selection, getNodes]);

  useEffect(takeArrowKeys, []);
  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      takeSelection(changes);
      const others = changes.filter((change) => change.type !== 'select');
      const placed = dragging.current ? snapDrag(others, getNodes(), getZoom()) : others;
      if (placed.length > 0) setNodes((before) => applyNodeChanges(placed, before));
      if (!dragging.current && !useNotes.getState().resizing) nudge(placesOfMembers(positionsIn(changes)));
    },
    [getNodes, getZoom],
  );
  const onEdgesChange = useCallback((changes: EdgeChange<CanvasEdge>[]) => takeSelection(changes), []);

  const onDragOver = (event: DragEvent) => {
    const { dragged } = useDraggedBlock.getState();
    if (!dragged) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    const wire = wireAt(event.clientX, event.clientY);
    aimAt(
      wire ? idOnCanvas(wire) : null,
      wire !== undefined && canInsert(currentDocument(), wire.from, wire.to, { type: dragged.type }) !== null,
    );
  };
  const onDrop = (event: DragEvent) => {
    const { dragged } = useDraggedBlock.getState();
    aimAt(null);
    if (!dragged || !event.dataTransfer.types.includes(BLOCK_MIME)) return;
    event.preventDefault();
    const point = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const wire = wireAt(event.clientX, event.clientY);
    // On the right of the code a block makes its twin's place; the encoder gets the block itself.
    const code = drawing.nodes.find((node) => node.kind === 'code');
    const half = code && point.x > code.position.x + NODE_WIDTH ? 'decoder' : dragged.half;
    const place: Place = wire ? { at: 'wire', from: wire.from, to: wire.to } : { at: 'canvas', half };
    addBlockAt(dragged.type, place, point);
  };

  const onNodeDragStart = useCallback(() => {
    dragging.current = true;
  }, []);
  const onNodeDrag = useCallback((event: MouseEvent | TouchEvent | React.MouseEvent, node: CanvasNode) => {
    const wire = wireFor(node.id, event);
    aimAt(
      wire ? idOnCanvas(wire) : null,
      wire !== undefined && canInsert(currentDocument(), wire.from, wire.to, { nodeId: node.id }) !== null,
    );
  }, []);
  const onNodeDragStop = useCallback(
    (event: MouseEvent | TouchEvent | React.MouseEvent, node: CanvasNode, moved: CanvasNode[]) => {
      dragging.current = false;
      aimAt(null);
      const aside = endSnap();
      const wire = wireFor(node.id, event);
      if (wire)
        edit((document) => insertOnWire(document, wire.from, wire.to, { nodeId: node.id }, node.position));
      else
        moveTo(
          Object.fromEntries(
            moved.map(({ id, position: { x, y } }) => [id, { x: x + aside.x, y: y + aside.y }]),
          ),
        );
    },
    [],
  );

  return (
    <ReactFlow<CanvasNode, CanvasEdge>
      className={styles.canvas}
      colorMode={scheme}
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      onNodeDragStart={onNodeDragStart}
      onNodeDrag={onNodeDrag}
      onNodeDragStop={onNodeDragStop}
      onKeyDownCapture={({ target }) => noteSelected(target)}
      onNodeClick={chooseOne}
      onNodeDoubleClick={openGroup}
      onPaneClick={chooseNone}
      {...wireGestures}
      onPointerDownCapture={noteBoxKeys}
      onDoubleClick={({ target, clientX: x, clientY: y }) => {
        if (target instanceof Element && target.matches('.react-flow__pane')) addOnCanvas({ x, y });
      }}
      onEdgeDoubleClick={askAtWire}
      onDragOver={onDragOver}
      onDragLeave={() => aimAt(null)}
      onDrop={onDrop}
      onlyRenderVisibleElements={nodes.length > ALL_DRAWN_UP_TO}
      deleteKeyCode={null}
      selectionOnDrag
      selectionMode={SelectionMode.Partial}
      panOnDrag={PAN_BUTTONS}
      panActivationKeyCode="Space"
      zoomOnDoubleClick={false}
      multiSelectionKeyCode={SELECTING_KEYS}
      connectionRadius={28}
      nodeDragThreshold={2}
      snapToGrid={grid}
      snapGrid={GRID_STEPS}
      minZoom={0.15}
      maxZoom={2}
      attributionPosition="top-right"
    >
      {surroundings}
      {drawing.nodes.length <= 2 && (
        <Panel position="top-center" className={styles.invite}>
          {t('canvas.invite')}
        </Panel>
      )}
    </ReactFlow>
  );
}

// What React Flow is given are the same functions at every frame of a drag: with others it would draw every block anew.

/** Nodes with the sizes that React Flow measured, where they are still right. */
function measured(known: readonly CanvasNode[], drawn: readonly CanvasNode[]): CanvasNode[] {
  const before = new Map(known.map((node) => [node.id, node]));
  return drawn.map((node) => {
    const old = before.get(node.id);
    const same = old?.width === node.width && old?.height === node.height;
    return same && old?.measured ? { ...node, measured: old.measured } : node;
  });
}

/** Of several that are selected, a click chooses the one; a frame's title chooses all that is in it. */
function chooseOne(event: React.MouseEvent, { id, type }: CanvasNode): void {
  if (type !== 'frame' && !event.shiftKey && !event.ctrlKey && !event.metaKey) select([id]);
}

function chooseNone(): void {
  select([]);
}

function openGroup(_event: React.MouseEvent, { id, data }: CanvasNode): void {
  if ('node' in data && data.node.kind === 'group') collapseGroup(id, false);
}

function askAtWire({ clientX: x, clientY: y }: React.MouseEvent, edge: CanvasEdge): void {
  const wire = shownWire(edge.id);
  if (wire && edge.type === 'wire') addAtWire({ at: 'wire', from: wire.from, to: wire.to }, { x, y });
}

/** The places to which React Flow's own keys have moved nodes. */
function positionsIn(changes: readonly NodeChange<CanvasNode>[]): Record<string, Position> {
  return Object.fromEntries(
    changes.flatMap((change) =>
      change.type === 'position' && change.position ? [[change.id, change.position]] : [],
    ),
  );
}

/** Moves nodes of the canvas and notes; a collapsed group takes its blocks along, an open one has them selected, too. */
function moveTo(places: Readonly<Record<string, Position>>): void {
  const members = placesOfMembers(places);
  edit((document) => moveNodes(document, members));
}

/** The wire of the canvas that shows one of the drawing. */
function idOnCanvas({ id }: DrawingWire): string | null {
  const { wires } = canvasDrawing(currentDocument());
  return wires.find((wire) => (wire.own ?? wire.id) === id)?.id ?? null;
}

function wireAt(x: number, y: number) {
  const [id] = wireIdsAt(x, y);
  return id === undefined ? undefined : shownWire(id);
}

/**
 * The wire that a block which is dragged would be put on: one that no wire touches on any it is dragged over, one that is wired
 * only where Ctrl says that it is to leave its place. A drag that rearranges crosses wires all the time.
 */
function wireFor(id: string, event: MouseEvent | TouchEvent | React.MouseEvent) {
  if (!('clientX' in event)) return undefined;
  const { nodes, wires } = currentDrawing();
  const kind = nodes.find((node) => node.id === id)?.kind;
  const others = wires.filter(({ from, to }) => from !== id && to !== id);
  const isLoose = kind === 'block' && others.length === wires.length;
  const isTakenOut = (kind === 'block' || kind === 'twin') && (event.ctrlKey || event.metaKey);
  if (!isLoose && !isTakenOut) return undefined;
  const under = wireIdsAt(event.clientX, event.clientY).flatMap((wireId) => shownWire(wireId) ?? []);
  return under.find((wire) => others.includes(wire));
}
