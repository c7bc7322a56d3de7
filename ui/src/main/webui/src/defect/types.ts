/** The output of manufacturing.defect-detection; places are in pixels of the picture as it was inspected. */
export interface Inspection {
  line: string;
  width: number;
  height: number;
  verdict: Verdict;
  rule: string;
  threshold: number;
  defects: Defect[];
  heatMap?: HeatMap | null;
}

export type Verdict = 'PASS' | 'FAIL';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Defect extends Box {
  kind: string;
  title: string;
  score: number;
  widthMm?: number | null;
  heightMm?: number | null;
}

/** Scores of square cells, row by row. */
export interface HeatMap {
  columns: number;
  rows: number;
  cell: number;
  scores: number[];
}
