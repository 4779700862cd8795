import { create } from 'zustand';
import type { GraphDocument } from '../../shared/document/graph-document';
import type { StartWeights } from '../../shared/ipc/start-schemas';
import { type LayerStart, startOf, type WeightsPart } from '../../shared/plan/starting-weights';
import { isOver } from '../run/run-record';
import { useRun } from '../run/run-store';
import { useDocument } from '../state/document-store';
import { shownDrawing } from '../state/drawing';

/** A trained model: a kept run, or whatever lies at a path. */
export interface OtherModel {
  readonly from: { readonly run: string } | { readonly path: string };
  readonly name: string;
  readonly document: GraphDocument;
}

/** What of another model the next run begins with. */
export interface ChosenModel extends OtherModel {
  readonly part: WeightsPart;
  /** Whether the other layers go on with the last run's weights, rather than with fresh ones. */
  readonly keepsOthers: boolean;
}

interface Starting {
  /** What the next run begins with. */
  readonly begin: 'fresh' | 'last' | 'model';
  /** Null while none was chosen. */
  readonly model: ChosenModel | null;
}

/** What runs of the drawing begin with. Of the window alone: a run tells what it began with, a drawing nothing. */
export const useStarting = create<Starting>()(() => ({ begin: 'fresh', model: null }));

// Another drawing begins with nothing chosen.
useDocument.subscribe(({ opened }, before) => {
  if (opened !== before.opened) useStarting.setState({ begin: 'fresh', model: null });
});

/** A run whose weights the engine still has. */
interface LastRun {
  readonly runId: string;
  readonly document: GraphDocument;
}

const remembered = new WeakMap<GraphDocument, LastRun>();

/** The last run, where it has ended, took a step, and left its weights in an engine that lives; else null. */
export function useLastRun(): LastRun | null {
  return useRun(lastOf);
}

function lastOf({ view, document }: ReturnType<typeof useRun.getState>): LastRun | null {
  if (!view || !document || view.runId === '' || !isOver(view.phase) || view.step === 0) return null;
  if (view.failure?.code === 'ENGINE_LOST') return null;
  const known = remembered.get(document);
  if (known?.runId === view.runId) return known;
  const last = { runId: view.runId, document };
  remembered.set(document, last);
  return last;
}

/** What each layer of a drawing begins with; null while the drawing is unfinished. */
export function startsFor(
  document: GraphDocument,
  model: Pick<ChosenModel, 'document' | 'part'> | null,
  own: GraphDocument | null,
): readonly LayerStart[] | null {
  const { plan } = shownDrawing(document);
  if (!plan) return null;
  const others = model && shownDrawing(model.document).plan;
  const last = own && shownDrawing(own).plan;
  return startOf(plan, {
    ...(model && others && { model: { plan: others, part: model.part } }),
    ...(last && { own: last }),
  });
}

/** What the engine is told of it; undefined where a run begins with fresh weights. */
export function startWeights(): StartWeights | undefined {
  const { begin, model } = useStarting.getState();
  const last = lastOf(useRun.getState());
  const own = last && { own: { runId: last.runId } };
  if (begin === 'last') return own ?? undefined;
  if (begin === 'fresh' || !model) return undefined;
  const part = typeof model.part === 'string' ? model.part : [...model.part];
  return { model: { from: model.from, part }, ...(model.keepsOthers && own) };
}

let latest: {
  readonly document: GraphDocument;
  readonly model: ChosenModel;
  readonly loaded: ReadonlyMap<string, string | null>;
} | null = null;

/** The layer of another model whose weights a layer of the drawing begins with next; null where it has none. */
export function loadedFrom(document: GraphDocument, model: ChosenModel, id: string): string | null {
  if (latest?.document !== document || latest.model !== model) {
    const starts = startsFor(document, model, null) ?? [];
    const loaded = starts.filter(({ outcome }) => outcome === 'loaded');
    latest = { document, model, loaded: new Map(loaded.map((start) => [start.id, start.from])) };
  }
  return latest.loaded.get(id) ?? null;
}
