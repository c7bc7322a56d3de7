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
  /** Only where it was asked for, and for steel strip. */
  explanation?: Explanation | null;
  expected?: ExpectedCost | null;
  /** Missing in runs that were kept before pictures were looked at so. */
  warnings?: { kind: string; text: string }[];
}

/** What the threshold costs, by parts that the model had not learned from. */
export interface ExpectedCost {
  costPerPart: number;
  escapeRate: number;
  overkillRate: number;
  defectShare: number;
  usualCostPerPart: number;
  soundParts: number;
  defectiveParts: number;
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

/** What the probability of a class loses when a cell of the tile is hidden, row by row. */
export interface Explanation extends Box {
  kind: string;
  columns: number;
  rows: number;
  probability: number;
  losses: number[];
}

/** Scores of square cells, row by row. */
export interface HeatMap {
  columns: number;
  rows: number;
  cell: number;
  scores: number[];
}
