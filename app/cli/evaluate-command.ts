import { resolve } from 'node:path';
import { openDataset } from '../../main/data/open-dataset';
import { openEngine } from '../../main/execute/engines';
import type { EngineName } from '../../main/execute/executor';
import { evaluateOnOther, evaluateOnOwn, type ModelEvaluation } from '../../main/models/evaluate-model';
import { openModel } from '../../main/models/open-model';
import type { TrainedModel } from '../../main/models/trained-model';
import type { DataReference } from '../../shared/document/data-reference';
import { Cancelled } from '../../shared/errors/problem';
import { type Measured, measures } from '../../shared/measures/catalogue';
import type { CliIo } from './cli-io';
import { EXIT } from './exit-code';
import { type ModelDataArguments, modelData } from './model-data';
import { interruptibly } from './run-to-end';
import { textTable } from './text-table';

export interface EvaluateArguments extends ModelDataArguments {
  readonly model: string;
  /** False leaves PCA out. */
  readonly pca?: boolean;
  readonly engine?: EngineName;
  readonly json?: boolean;
}

/**
 * `hourglass evaluate MODEL [DATA]`: every measure, on the data the model was trained on, as training shared them out, with
 * PCA beside it, or on all samples of other data.
 */
export function evaluate(args: EvaluateArguments, io: CliIo): Promise<number> {
  return interruptibly(io, async ({ signal, display }) => {
    const place = resolve(io.workingFolder, args.model);
    const model = await openModel(place);
    const { reference, baseFolder, own } = await modelData(model.document, place, args, io, signal);
    const dataset = await openDataset(own ? reference : asModelReads(reference, model), baseFolder, {
      signal,
      onProgress: (progress) => display.showLoading(progress),
    });
    display.close();
    for (const note of dataset.notes) io.err(`${note}\n`);
    const executor = await openEngine(args.engine);
    const go = async () => !signal.aborted;
    if (own && args.pca !== false) io.err('With PCA, which takes a moment; --no-pca leaves it out.\n');
    const evaluation = own
      ? await evaluateOnOwn(executor, model, dataset, { pca: args.pca !== false, signal, go })
      : await evaluateOnOther(executor, model, dataset, go);
    if (!evaluation) throw new Cancelled();
    const { name: engine, version: engineVersion } = executor.describe();
    const scaling = model.preprocessing.scaling?.kind ?? 'none';
    if (args.json) {
      const { groups, ...rest } = evaluation;
      const figures = groups.map(({ name, count, metrics: { measures: measured, ...metrics }, pca }) => [
        name,
        { count, ...metrics, ...measured, ...(pca && { pca }) },
      ]);
      const told = { ...rest, engine, engineVersion, data: dataset.name, scaling };
      io.out(`${JSON.stringify({ event: 'evaluated', ...told, groups: Object.fromEntries(figures) })}\n`);
    } else io.out(textOf(evaluation, scaling));
    return EXIT.ok;
  });
}

/** Other data, read with the model's columns and as signals where its samples are. */
function asModelReads(reference: DataReference, { document, preprocessing }: TrainedModel): DataReference {
  const series = document.data.shape.length === 2;
  if (reference.kind === 'npy') return { ...reference, series };
  if (reference.kind !== 'table') return reference;
  const { columns } = preprocessing;
  return { ...reference, series, ...(columns && { columns }) };
}

function textOf({ groups, anomalies, components }: ModelEvaluation, scaling: string): string {
  const shown = measures.filter(({ type }) =>
    groups.some(({ metrics }) => metrics.measures[type] !== undefined),
  );
  const cells = (figures: Measured) =>
    shown.map(({ type, unit }) => {
      const value = figures[type];
      if (value === undefined) return '';
      return unit ? `${value.toFixed(2)} ${unit}` : value.toFixed(5);
    });
  const rows = groups.flatMap(({ name, count, metrics, pca }) => [
    [NAMES[name] ?? name, count.toLocaleString('en'), ...cells(metrics.measures), metrics.loss.toFixed(5)],
    ...(metrics.baseline ? [['  baseline', '', ...cells(metrics.baseline), '']] : []),
    ...(pca ? [[`  PCA with ${components}`, '', ...cells(pca), '']] : []),
  ]);
  const heading = ['samples', 'count', ...shown.map(({ brief }) => brief), 'loss'];
  const right = heading.flatMap((_, column) => (column > 0 ? [column] : []));
  const table = textTable([heading, ...rows], right);
  const told = anomalies
    ? `\nArea under the ROC of what the filter left out: ${anomalies.auc.toFixed(4)}${
        anomalies.pcaAuc === undefined ? '' : ` (PCA: ${anomalies.pcaAuc.toFixed(4)})`
      }\n`
    : '';
  return `${table}${told}${scaling === 'none' ? '' : `\nErrors are of scaled values (${scaling}).\n`}`;
}

const NAMES: Readonly<Record<string, string>> = { heldOut: 'held out' };
