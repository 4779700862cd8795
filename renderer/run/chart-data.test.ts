import { describe, expect, it } from 'vitest';
import { chartData } from './chart-data';
import { LossSeries } from './loss-series';

const figures = (loss: number) => ({ mse: loss / 2, loss });

function seriesOf(...losses: number[]): LossSeries {
  const series = new LossSeries();
  losses.forEach((loss, index) => {
    series.push(index + 1, loss);
  });
  return series;
}

describe('chartData', () => {
  it('is empty before a run', () => {
    expect(chartData(null)).toEqual([[], [], [], []]);
  });

  it('draws the line to beat before a run has a step, over all that it will take', () => {
    const line = { components: 2, validation: { ...figures(2.5), measures: {} }, test: null };
    const drawn = [
      [0, 30],
      [null, null],
      [null, null],
      [2.5, 2.5],
    ];
    expect(chartData(null, { line, steps: 30 })).toEqual(drawn);
    const begun = { series: seriesOf(), epochs: [], pca: null };
    expect(chartData(begun, { line, steps: 30 })).toEqual(drawn);
    expect(chartData({ ...begun, series: seriesOf(4, 3) }, { line, steps: 30 })[3]).toEqual([2.5, 2.5]);
    expect(chartData(null, { line: null, steps: 30 })).toEqual([[], [], [], []]);
  });

  it('puts validation where its epoch ended, and the PCA line from end to end', () => {
    const data = chartData({
      series: seriesOf(4, 3, 2, 1),
      epochs: [
        { epoch: 1, step: 2, trainLoss: 3.5, validation: figures(3.2) },
        { epoch: 2, step: 4, trainLoss: 1.5, validation: figures(1.2) },
      ],
      pca: { components: 2, validation: { ...figures(2.5), measures: {} }, test: null },
    });
    expect(data).toEqual([
      [1, 2, 3, 4],
      [4, 3, 2, 1],
      [null, 3.2, null, 1.2],
      [2.5, null, null, 2.5],
    ]);
  });

  it('gives an epoch that ended between two averaged points a step of its own, in order', () => {
    const series = new LossSeries(4);
    for (let step = 1; step <= 8; step += 1) series.push(step, step);
    const [steps, , validation] = chartData({
      series,
      epochs: [{ epoch: 1, step: 6, trainLoss: 1, validation: figures(9) }],
      pca: null,
    });
    expect(steps).toEqual([4, 6, 8]);
    expect(validation).toEqual([null, 9, null]);
  });

  it('leaves a gap where the loss was no number', () => {
    const [, training] = chartData({ series: seriesOf(1, Number.NaN, 2), epochs: [], pca: null });
    expect(training).toEqual([1, null, 2]);
  });
});
