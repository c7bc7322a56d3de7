import { expect, test } from 'vitest';
import { broken, byMeasure, curvesOf, lastOf, partsOf } from './curves';
import type { Measure } from './types';

const measures = (...all: [metric: string, step: number, value: number][]): Measure[] =>
  all.map(([metric, step, value], i) => ({
    seq: i + 1,
    at: '2026-01-01T00:00:00Z',
    metric,
    step,
    value,
  }));

test('a step that does not go on begins another stretch', () => {
  const curves = curvesOf(
    measures(['loss', 0, 0.9], ['loss', 5, 0.5], ['loss', 0, 0.8], ['loss', 5, 0.4], ['loss', 5, 0.7]),
  );
  expect(curves).toEqual([
    {
      metric: 'loss',
      stretches: [
        [
          [0, 0.9],
          [5, 0.5],
        ],
        [
          [0, 0.8],
          [5, 0.4],
        ],
        [[5, 0.7]],
      ],
    },
  ]);
});

test('nets tell their first loss within an epoch, and still begin anew', () => {
  const [curve] = curvesOf(measures(['loss', 0.2, 2], ['loss', 0.4, 1], ['loss', 0.2, 3]));
  expect(curve?.stretches.map((stretch) => stretch.length)).toEqual([2, 1]);
});

test('each metric has a curve of its own, though they come by turns', () => {
  const curves = curvesOf(
    measures(['training loss', 0, 2], ['validation rmse', 0, 9], ['training loss', 1, 1]),
  );
  expect(curves.map(({ metric, stretches }) => [metric, stretches.length])).toEqual([
    ['training loss', 1],
    ['validation rmse', 1],
  ]);
  expect(curvesOf([])).toEqual([]);
});

test('between stretches there is a hole', () => {
  const [curve] = curvesOf(measures(['loss', 0, 3], ['loss', 1, 2], ['loss', 0, 4]));
  expect(curve && broken(curve)).toEqual([
    [0, 3],
    [1, 2],
    [null, null],
    [0, 4],
  ]);
});

test('the last value is of the newest fit, the best of any', () => {
  const [loss, ndcg] = curvesOf(
    measures(
      ['loss', 0, 0.3],
      ['loss', 1, 0.2],
      ['loss', 0, 0.5],
      ['validation ndcg', 0, 0.9],
      ['validation ndcg', 1, 0.8],
    ),
  );
  expect(loss && lastOf(loss)).toEqual({ step: 0, last: 0.5, best: 0.2 });
  expect(ndcg && lastOf(ndcg)).toEqual({ step: 1, last: 0.8, best: 0.9 });
});

test('curves of one measure share a row', () => {
  const rows = byMeasure(
    curvesOf(measures(['training rmse', 0, 1], ['training loss', 0, 1], ['validation rmse', 0, 1])),
  );
  expect(rows.map((row) => row.map(({ metric }) => metric))).toEqual([
    ['training rmse', 'validation rmse'],
    ['training loss'],
  ]);
});

test('a metric tells what and on which part of the data', () => {
  expect(partsOf('training loss')).toEqual({ on: 'training', measure: 'loss' });
  expect(partsOf('validation mean error')).toEqual({ on: 'validation', measure: 'mean error' });
  expect(partsOf('perplexity')).toEqual({ measure: 'perplexity' });
});
