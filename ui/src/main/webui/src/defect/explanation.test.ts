import { expect, test } from 'vitest';
import { ofExplanation, ofHeatMap } from './explanation';

const tile = {
  kind: 'scratches',
  x: 10,
  y: 20,
  width: 60,
  height: 30,
  columns: 2,
  rows: 2,
  probability: 0.9,
};

test('the cell that carries the most is in full colour, and what speaks against the class has none', () => {
  const layer = ofExplanation({ ...tile, losses: [0.4, 0.1, -0.2, 0] });
  expect(layer.scores).toEqual([1, 0.25, 0, 0]);
  expect(layer.place).toEqual({ x: 10, y: 20, width: 60, height: 30 });
});

test('where no cell carries anything, nothing is painted', () => {
  expect(ofExplanation({ ...tile, losses: [0, -0.1, 0, 0] }).scores).toEqual([0, 0, 0, 0]);
});

test('a heat map lies over the whole picture, and its last cells beyond', () => {
  const layer = ofHeatMap({ columns: 3, rows: 2, cell: 10, scores: [0, 0, 0, 0, 0, 1] });
  expect(layer.place).toEqual({ x: 0, y: 0, width: 30, height: 20 });
});
