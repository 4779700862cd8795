import { activationLabel } from '../../shared/blocks/layer-parameters';
import { comparedSettings } from '../../shared/document/compare-settings';
import { documentText } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { briefLossSum } from '../../shared/losses/loss-sum';
import { measures } from '../../shared/measures/catalogue';
import { displayName } from '../../shared/plan/display-names';
import { drawingOf } from '../../shared/plan/drawing';
import { planDocument } from '../../shared/plan/plan-document';
import { taskOf } from '../../shared/tasks/catalogue';
import { formatShape } from '../../shared/tensors/shape';
import { drawingSvg } from './drawing-svg';
import { type Html, html } from './html';
import { lineChartSvg } from './line-chart-svg';
import { reportStyle } from './report-style';
import type { ReportedRun, RunFigures } from './reported-run';

/** What a line of losses has at most; a page has hardly more columns. */
const MOST_POINTS = 600;
const count = (value: number) => Math.round(value).toLocaleString('en');
const short = (value: number) => String(Number(value.toPrecision(4)));

/**
 * A run as one page of HTML that needs nothing else: no script, no other file, no network. Where its data lie on the disk is
 * left out.
 *
 * @param version of Hourglass, which writes it
 */
export function reportPage(run: ReportedRun, version: string): string {
  const document = withoutFolders(run.document);
  const title = run.label === '' ? document.name : run.label;
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${`Hourglass ${version}`}">
<title>${title}</title>
<style>STYLE</style>
</head>
<body>
<main>
<h1>${title}</h1>
${heading(run, document)}
<section><h2>The drawing</h2><div class="scroll">${drawingSvg(document)}</div></section>
${chartsSection(run, document)}
${measuresSection(run)}
${picturesSection(run)}
${layersSection(document)}
${settingsSection(document)}
${repeatSection(run, document)}
<p class="soft" style="margin-top: 18px">${`Written by Hourglass ${version}.`}</p>
</main>
</body>
</html>
`;
  return page.text.replace('STYLE', () => reportStyle);
}

/** The drawing with no more of its data's path than the last name in it. */
function withoutFolders(document: GraphDocument): GraphDocument {
  const { data } = document;
  if (data.kind === 'builtin') return document;
  return {
    ...document,
    data: { ...data, path: data.path.split(/[\\/]/).findLast((name) => name !== '') ?? 'data' },
  };
}

function heading({ history, summary }: ReportedRun, document: GraphDocument): Html {
  const { validation, test, data, seconds, ending } = history;
  const shown = test ?? validation;
  const pca = shown?.pca?.mse;
  const facts: (readonly [string, string])[] = [
    [test ? 'Test error (MSE)' : 'Validation error (MSE)', shown ? short(shown.mse) : '–'],
    ...(pca === undefined ? [] : [['PCA’s', short(pca)] as const]),
    [
      'Code',
      `${summary ? count(summary.codeSize) : (planDocument(document).plan?.codeShape.join(' × ') ?? '–')} values`,
    ],
    ['Weights', count(planDocument(document).plan?.parameterCount ?? 0)],
    ['Epochs', count(history.epochs.length)],
    ...(seconds ? [['Time', duration(seconds)] as const] : []),
  ];
  const when = summary ? `, ${new Date(summary.ended).toISOString().slice(0, 16).replace('T', ' ')} UTC` : '';
  const ended = { completed: 'trained to its end', stopped: 'stopped', failed: 'failed' }[ending] ?? ending;
  return html`<p class="soft">${`${taskOf(document.task.kind).label} · ${data.name}, ${count(data.trainCount)} samples of ${formatShape(data.shape)} · ${ended}${when}`}</p>
${summary?.problem === undefined ? null : html`<p>${summary.problem}</p>`}
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return seconds < 7200 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function chartsSection({ history }: ReportedRun, document: GraphDocument): Html | null {
  const { losses, lossSteps, epochs, validation } = history;
  const width = Math.max(1, Math.ceil(losses.length / MOST_POINTS));
  const training: [number, number][] = [];
  for (let begin = 0; begin < losses.length; begin += width) {
    const part = losses.slice(begin, begin + width);
    const end = begin + part.length - 1;
    training.push([lossSteps?.[end] ?? end + 1, part.reduce((sum, loss) => sum + loss, 0) / part.length]);
  }
  const name = briefLossSum(document.output);
  const pca = validation?.pca?.mse;
  const level = pca === undefined ? null : { label: 'PCA with as many components', value: pca };
  const held = epochs.flatMap((epoch) => (epoch.validation ? [{ ...epoch, ...epoch.validation }] : []));
  const loss = lineChartSvg({
    title: `Loss (${name})`,
    along: 'Step',
    lines: [
      {
        label: width > 1 ? `training, means of ${width} steps` : 'training',
        look: 'training',
        points: training,
      },
      { label: 'validation', look: 'validation', points: held.map(({ step, loss: value }) => [step, value]) },
    ],
    level: name === 'MSE' ? level : null,
  });
  const error = lineChartSvg({
    title: 'Reconstruction error (MSE) of validation samples',
    along: 'Epoch',
    lines: [{ label: 'validation', look: 'validation', points: held.map(({ epoch, mse }) => [epoch, mse]) }],
    level,
  });
  if (!loss && !error) return null;
  return html`<section><h2>Training</h2><div class="charts">${[loss, error]}</div></section>`;
}

function measuresSection({ history }: ReportedRun): Html | null {
  const { validation, test, anomalies, scaling } = history;
  const splits = (
    [
      ['Validation', validation],
      ['Test', test],
    ] as const
  ).flatMap(([name, figures]) => (figures ? [{ name, figures }] : []));
  if (splits.length === 0) return null;
  const value = (
    figures: RunFigures | Readonly<Record<string, number>> | undefined,
    type: string,
    unit: string,
  ) => {
    const found = figures?.[type];
    return typeof found === 'number' ? `${short(found)}${unit === '' ? '' : ` ${unit}`}` : '–';
  };
  const rows = measures.filter(({ type }) => splits.some(({ figures }) => typeof figures[type] === 'number'));
  const scale =
    { standardise: ' Errors are of standardised values.', 'min-max': ' Errors are of values scaled to 0–1.' }[
      scaling
    ] ?? '';
  return html`<section><h2>Measures</h2><div class="scroll"><table>
<tr><th>Measure</th>${splits.map(({ name }) => html`<th class="number">${name}</th><th class="number">${`${name}, PCA`}</th>`)}</tr>
${rows.map(({ type, brief, unit, help }) => html`<tr><td title="${help}">${brief}</td>${splits.map(({ figures }) => html`<td class="number">${value(figures, type, unit)}</td><td class="number">${value(figures.pca, type, unit)}</td>`)}</tr>`)}
</table></div><p class="note" style="margin: 8px 0 0">${`Of samples that were not trained on; PCA has as many components as the code has values.${scale}`}</p>
${anomalies ? html`<p style="margin: 8px 0 0">${`Area under the ROC curve, anomalies by their error: ${anomalies.auc.toFixed(3)}${anomalies.pcaAuc === undefined ? '' : `, by PCA’s ${anomalies.pcaAuc.toFixed(3)}`}.`}</p>` : null}</section>`;
}

function picturesSection({ pictures }: ReportedRun): Html | null {
  if (pictures.length === 0) return null;
  return html`<section><h2>Reconstructions</h2><div class="pictures">${pictures.map(
    ({ caption, png }) =>
      html`<figure><img alt="${caption}" src="data:image/png;base64,${Buffer.from(png).toString('base64')}"><figcaption>${caption}</figcaption></figure>`,
  )}</div></section>`;
}

function layersSection(document: GraphDocument): Html | null {
  const { plan } = planDocument(document);
  if (!plan) return null;
  const kinds = new Map(drawingOf(document).nodes.map(({ id, kindLabel }) => [id, kindLabel]));
  return html`<section><h2>Layers</h2><div class="scroll"><table>
<tr><th>Layer</th><th>Half</th><th>Kind</th><th>Takes</th><th>Gives</th><th>Activation</th><th class="number">Weights</th></tr>
${plan.layers.map(
  ({ id, half, type, inputShape, outputShape, activation, parameterCount, shared }) =>
    html`<tr><td>${displayName(document, id)}</td><td>${half}</td><td>${`${kinds.get(id) ?? (type === 'part' ? 'Part' : 'Sum')}${shared ? ', tied' : ''}`}</td><td>${formatShape(inputShape)}</td><td>${formatShape(outputShape)}</td><td>${activation === 'linear' ? '' : activationLabel(activation)}</td><td class="number">${parameterCount === 0 ? '' : count(parameterCount)}</td></tr>`,
)}
<tr><td>All</td><td></td><td></td><td></td><td></td><td></td><td class="number">${count(plan.parameterCount)}</td></tr>
</table></div></section>`;
}

function settingsSection(document: GraphDocument): Html {
  const groups = new Map<string, { label: string; value: string }[]>();
  for (const { group, label, values } of comparedSettings([document])) {
    if (group === 'Wires') continue;
    const named = document.blocks.some(({ id }) => id === group) ? displayName(document, group) : group;
    groups.set(named, [...(groups.get(named) ?? []), { label, value: values[0] ?? '' }]);
  }
  return html`<section><h2>Settings</h2><div class="columns">${[...groups].map(
    ([group, settings]) =>
      html`<div><h3>${group}</h3><table>${settings.map(({ label, value }) => html`<tr><td class="soft">${label}</td><td>${value}</td></tr>`)}</table></div>`,
  )}</div></section>`;
}

function repeatSection({ history, summary }: ReportedRun, document: GraphDocument): Html {
  const { engine, engineVersion } = history;
  const data = document.data.kind === 'builtin' ? '' : ` --data PATH/TO/${document.data.path}`;
  const command = `hourglass train drawing.hourglass${data} --engine ${engine}`;
  const link = `data:application/json;base64,${Buffer.from(documentText(document)).toString('base64')}`;
  const versions = [
    summary ? `Hourglass ${summary.app}` : null,
    `${engine} ${engineVersion}`,
    `seed ${document.training.seed}`,
    summary ? `data ${summary.data.fingerprint.slice(0, 16)}` : null,
    summary ? `drawing ${summary.document.hash.slice(0, 16)}` : null,
  ].filter((each) => each !== null);
  return html`<section><h2>How to repeat it</h2>
<p><a download="drawing.hourglass" href="${link}">Save the drawing</a> and run:</p>
<pre>${command}</pre>
<p class="soft">${versions.join(' · ')}</p>
<p class="note">The same drawing, data, engine and number of threads give the same weights.</p></section>`;
}
