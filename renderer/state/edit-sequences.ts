import fc from 'fast-check';
import { blockOf, blocks } from '../../shared/blocks/catalogue';
import { clippingOf } from '../../shared/document/clipping';
import { documentFrom, documentText } from '../../shared/document/document-text';
import { moveNodes, type Position, pasteClipping, setParameter } from '../../shared/document/edits';
import type { GraphDocument } from '../../shared/document/graph-document';
import { randomSteps, stepTaken } from '../../shared/document/random-edits';
import { validateDocument } from '../../shared/document/validate';
import { planDocument } from '../../shared/plan/plan-document';
import { appendBlock, removeSelection } from './canvas-edits';
import {
  currentDocument,
  edit,
  openDocument,
  redoEdit,
  select,
  settle,
  undoEdit,
  useDocument,
} from './document-store';
import { canvasDrawing } from './drawing';
import { KEPT_STEPS } from './history';
import { placesOfMembers } from './selected-nodes';

/** What came of one random sequence of edits. */
export interface SequenceResult {
  /** Gestures that changed the drawing; the others were refused or changed nothing. */
  readonly taken: number;
  /** Drawings that could be trained. */
  readonly finished: number;
  /** What was wrong, in words; empty where every drawing was valid and undo and redo led back. */
  readonly faults: readonly string[];
}

/** Something the user does in one go: one step of undo where it changes the drawing; or steps taken back, or done again. */
type Act =
  | { readonly kind: 'edit'; readonly run: () => void }
  | { readonly kind: 'undo' | 'redo'; readonly count: number };

/** Of so many acts, those of the first part are short sequences, of which many drawings can be trained, the others one long one. */
const ROUND = 500;
const SHORT_ONES = 200;
const SHORT = 20;

const types = blocks.filter(({ role }) => role === 'layer' || role === 'code').map(({ type }) => type);
const numbers = fc.array(fc.nat(), { minLength: 4, maxLength: 4 });
const step = fc.record({ x: fc.integer({ min: -40, max: 40 }), y: fc.integer({ min: -40, max: 40 }) });

/** Up to three nodes and notes of the canvas, groups that are collapsed among them. */
function someOf(picks: readonly number[]): readonly { readonly id: string; readonly position: Position }[] {
  const document = currentDocument();
  const all = [
    ...canvasDrawing(document).nodes.map(({ id, position }) => ({ id, position })),
    ...(document.notes ?? []).map(({ id, x, y }) => ({ id, position: { x, y } })),
  ];
  const chosen = picks.slice(0, 3).flatMap((pick) => all[pick % all.length] ?? []);
  return [...new Map(chosen.map((node) => [node.id, node])).values()];
}

function moved(picks: readonly number[], by: Position): void {
  const places = placesOfMembers(
    Object.fromEntries(someOf(picks).map(({ id, position: { x, y } }) => [id, { x: x + by.x, y: y + by.y }])),
  );
  edit((document) => moveNodes(document, places), `move ${Object.keys(places).join(' ')}`);
}

/** A number of a block set several times, as while it is spun or a slider is dragged. */
function spun([pick = 0, ...values]: readonly number[]): void {
  const { blocks: drawn } = currentDocument();
  const block = drawn[pick % drawn.length];
  const entries = Object.entries(blockOf(block?.type ?? '')?.params ?? {});
  const [name, entry] = entries.find(([, { kind }]) => kind === 'integer') ?? [];
  if (!block || name === undefined || entry?.kind !== 'integer') return;
  for (const value of values) {
    const within = Math.min(entry.max, Math.max(entry.min, value % 512));
    edit((document) => setParameter(document, block.id, name, within), `${block.id} ${name}`);
  }
}

const gestures: fc.Arbitrary<() => void> = fc.oneof(
  // A drag, a run of arrow keys, a number spun: several edits on the way, one step of undo.
  fc.tuple(numbers, fc.array(step, { minLength: 1, maxLength: 6 })).map(([picks, steps]) => () => {
    for (const by of steps) moved(picks, by);
  }),
  numbers.map((picks) => () => spun(picks)),
  fc.tuple(numbers, fc.boolean()).map(([picks, wired]) => () => {
    const ids = placesOfMembers(Object.fromEntries(someOf(picks).map(({ id, position }) => [id, position])));
    const clipping = clippingOf(currentDocument(), Object.keys(ids));
    edit((document) => pasteClipping(document, clipping, wired));
  }),
  numbers.map((picks) => () => {
    select(someOf(picks).map(({ id }) => id));
    removeSelection();
  }),
  fc.constantFrom(...types).map((type) => () => appendBlock(type, 'encoder')),
);

const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 16,
    arbitrary: randomSteps.map((each): Act => {
      return { kind: 'edit', run: () => edit((document) => stepTaken(document, each)) };
    }),
  },
  { weight: 4, arbitrary: gestures.map((run): Act => ({ kind: 'edit', run })) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('undo', 'redo'), count: fc.integer({ min: 1, max: 6 }) }),
  },
);

/** Every drawing that undo and redo lead to, in order, kept beside the window's own history; `at` is the present one. */
class Timeline {
  readonly #drawings: GraphDocument[];
  #at = 0;

  constructor(start: GraphDocument) {
    this.#drawings = [start];
  }

  push(drawing: GraphDocument): void {
    this.#drawings.splice(this.#at + 1, Number.POSITIVE_INFINITY, drawing);
    this.#at += 1;
    if (this.#at <= KEPT_STEPS) return;
    this.#drawings.shift();
    this.#at -= 1;
  }

  /** Takes so many steps of the window, forth or back, and says where it is not led to the drawing that was there. */
  go(steps: number): string[] {
    const faults: string[] = [];
    for (let left = Math.abs(steps); left > 0; left -= 1) {
      const next = this.#at + Math.sign(steps);
      if (this.#drawings[next]) this.#at = next;
      if (steps < 0) undoEdit();
      else redoEdit();
      if (currentDocument() !== this.#drawings[this.#at])
        faults.push(`${steps < 0 ? 'undone' : 'redone'}, it is another drawing than before`);
    }
    return faults;
  }

  /** Undoes all that is kept and does it again. */
  goThrough(): string[] {
    const { past } = useDocument.getState().history;
    const faults = past.length === this.#at ? [] : [`${past.length} steps are kept, not ${this.#at}`];
    faults.push(...this.go(-this.#drawings.length));
    if (useDocument.getState().history.past.length > 0) faults.push('all undone, there is more to undo');
    faults.push(...this.go(this.#drawings.length));
    if (useDocument.getState().history.future.length > 0) faults.push('all redone, there is more to redo');
    return faults;
  }
}

/**
 * Does what users do, at random, through the window's own document store: edits of every kind, drags, runs of arrow keys,
 * numbers spun, pasting, deleting, undoing and doing again. Every drawing on the way is one that could be saved and read
 * again, the planner makes a plan of it or says why not, and whatever was done in one go is one step. In between, all the
 * history that is kept is undone and done again, and leads over the very drawings that were there: with fewer steps than are
 * kept, back to the start.
 */
export function editAtRandom(start: GraphDocument, seed: number, steps: number): SequenceResult {
  const faults: string[] = [];
  openDocument(start, null);
  const timeline = new Timeline(start);
  let [taken, finished] = [0, 0];
  const done = (run: () => void) => {
    const before = useDocument.getState().history;
    try {
      run();
      settle();
      const { present, past } = useDocument.getState().history;
      if (present === before.present) return;
      taken += 1;
      timeline.push(present);
      if (past.at(-1) !== before.present) throw new Error('it is more than one step');
      if (isFinished(present)) finished += 1;
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
  };
  for (const [index, act] of fc.sample(acts, { seed, numRuns: steps }).entries()) {
    const known = faults.length;
    if (act.kind === 'edit') done(act.run);
    else faults.push(...timeline.go(act.kind === 'undo' ? -act.count : act.count));
    const place = index % ROUND;
    const isTurn = place < SHORT_ONES ? place % SHORT === SHORT - 1 : place === ROUND - 1;
    if (isTurn || index === steps - 1) {
      faults.push(...timeline.goThrough());
      // As going back to the design of a run does, in one step.
      done(() => edit(() => start));
    }
    for (let at = known; at < faults.length; at += 1) faults[at] = `step ${index}: ${faults[at]}`;
  }
  return { taken, finished, faults };
}

/** Whether it can be trained. @throws Error where it could not be saved and read again, or has neither plan nor Problems */
function isFinished(doc: GraphDocument): boolean {
  const text = documentText(doc);
  if (documentText(documentFrom(JSON.parse(text))) !== text)
    throw new Error('it is read otherwise than written');
  const { plan, problems } = planDocument(doc);
  const errors = validateDocument(doc).filter(({ severity }) => severity === 'error');
  if (!plan && problems.length === 0) throw new Error('it has neither a plan nor Problems');
  if (plan && errors.length > 0) throw new Error(`it has a plan and Problems: ${errors[0]?.message}`);
  return plan !== null;
}
