import type { Box, Explanation, HeatMap } from './types';

/** Scores of cells, in [0, 1] and row by row, and the part of the picture that they lie on. */
export interface Layer {
  columns: number;
  rows: number;
  scores: number[];
  place: Box;
}

/** The cells of a heat map; the last reach beyond the picture. */
export const ofHeatMap = ({ columns, rows, cell, scores }: HeatMap): Layer => ({
  columns,
  rows,
  scores,
  place: { x: 0, y: 0, width: columns * cell, height: rows * cell },
});

/** The cells without which the class is less likely, the one that carries the most in full colour. */
export function ofExplanation({ columns, rows, losses, x, y, width, height }: Explanation): Layer {
  const most = Math.max(0, ...losses);
  return {
    columns,
    rows,
    scores: losses.map((loss) => (most > 0 ? Math.max(0, loss) / most : 0)),
    place: { x, y, width, height },
  };
}
