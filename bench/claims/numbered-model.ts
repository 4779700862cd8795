import { weightState } from '../../main/compile/weight-state';
import type { ModelFile } from '../../main/models/model-file';
import type { ModelToSave } from '../../main/models/model-file-writer';
import { planOfModel } from '../../main/models/model-plan';
import type { GraphDocument } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import { chained } from '../../shared/plan/random-stacks';
import { valueCount } from '../../shared/tensors/shape';

/** A drawing of one dense layer between vectors. */
export function wideDrawing(values: number, units: number): GraphDocument {
  const empty = emptyDocument();
  return {
    ...empty,
    data: { kind: 'npy', path: 'data.npy', shape: [values] },
    ...chained([
      newBlock('input', 'input'),
      newBlock('dense', 'dense-1', { units }),
      newBlock('code', 'code', { size: 2 }),
    ]),
  };
}

/** A model of that drawing whose every weight is `fill` of its place. */
export function filledModel(document: GraphDocument, fill: (place: number) => number): ModelToSave {
  const plan = planOfModel({ document });
  const weights = new Map(
    weightState(plan).map(({ name, shape }) => {
      const data = new Float32Array(valueCount(shape));
      for (let place = 0; place < data.length; place++) data[place] = fill(place);
      return [name, { dtype: 'float32', shape, data } as const];
    }),
  );
  return {
    document,
    weights,
    preprocessing: { dtype: 'float32', scaling: null, columns: null },
    state: null,
    history: { epochs: [], losses: [] },
    metrics: { ending: null, pca: null },
    thumbnail: null,
    manifest: { app: 'claims', engine: null, trained: '', data: null },
  };
}

/** A model of 1 MB all of which says one number: its name, and every weight. */
export function numberedModel(number: number): ModelToSave {
  return filledModel({ ...wideDrawing(1000, 128), name: `Model ${number}` }, () => number);
}

/** The number that a model says everywhere; null where it is not the same one everywhere. */
export function numberOf({ document, weights }: ModelFile): number | null {
  const number = Number(/^Model (\d+)$/.exec(document.name)?.[1] ?? Number.NaN);
  const all = [...weights.values()].every(({ data }) => data.every((value: number) => value === number));
  return Number.isInteger(number) && all ? number : null;
}
