import type { Decision, Run } from '../api/types';
import type { Box, Inspection, Verdict } from './types';

/** What people's decisions name as their subjects. */
export const VERDICT = 'verdict';
export const defectSubject = (index: number) => `defect:${index}`;
export const labelSubject = ({ x, y, width, height }: Box) => `label:${x},${y},${width},${height}`;

/** A part whose true state a person has told. */
export interface JudgedPart {
  run: string;
  score: number;
  truth: Verdict;
}

/** The highest score anywhere in the picture; below the threshold only the heat map tells it. */
export function scoreOf({ defects, heatMap }: Inspection): number {
  return [...defects.map(({ score }) => score), ...(heatMap?.scores ?? [])].reduce(
    (most, score) => Math.max(most, score),
    0,
  );
}

const isVerdict = (value: unknown): value is Verdict => value === 'PASS' || value === 'FAIL';

/** What the last decision on the verdict says that the part is; null where nobody has said. */
export function truthOf(inspection: Inspection, decisions: Decision[]): Verdict | null {
  const last = decisions.findLast(({ subject }) => subject === VERDICT);
  if (!last) return null;
  if (isVerdict(last.correction)) return last.correction;
  return last.verdict === 'ACCEPTED' ? inspection.verdict : null;
}

export function judged(runs: Run[], line: string): JudgedPart[] {
  return runs.flatMap(({ id, output, decisions }) => {
    const inspection = output as Inspection | undefined;
    if (inspection?.line !== line) return [];
    const truth = truthOf(inspection, decisions);
    return truth ? [{ run: id, score: scoreOf(inspection), truth }] : [];
  });
}

export interface Rates {
  /** Truly bad parts, and those of them that would pass. */
  bad: number;
  escapes: number;
  /** Truly good parts, and those of them that would fail. */
  good: number;
  overkills: number;
}

/** What a threshold would have let escape and what it would have rejected for nothing. */
export function ratesAt(parts: JudgedPart[], threshold: number): Rates {
  const bad = parts.filter(({ truth }) => truth === 'FAIL');
  const good = parts.filter(({ truth }) => truth === 'PASS');
  return {
    bad: bad.length,
    escapes: bad.filter(({ score }) => score < threshold).length,
    good: good.length,
    overkills: good.filter(({ score }) => score >= threshold).length,
  };
}

/** A label that a person drew. */
export interface Label extends Box {
  subject: string;
  kind: string;
  by: string;
}

function isLabel(value: unknown): value is Box & { kind: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    typeof value.kind === 'string' &&
    ['x', 'y', 'width', 'height'].every(
      (name) => typeof (value as Record<string, unknown>)[name] === 'number',
    )
  );
}

/** The labels drawn on a picture that nobody has taken back. */
export function labelsOf(decisions: Decision[]): Label[] {
  const labels = new Map<string, Label>();
  for (const { subject, verdict, correction, by } of decisions) {
    if (!subject.startsWith('label:')) continue;
    if (verdict === 'REJECTED') labels.delete(subject);
    else if (isLabel(correction)) labels.set(subject, { ...correction, subject, by });
  }
  return [...labels.values()];
}

/** The box between two corners, in whole pixels within the picture; null where it is too small to be meant. */
export function boxBetween(
  a: { x: number; y: number },
  b: { x: number; y: number },
  width: number,
  height: number,
): Box | null {
  const within = (value: number, most: number) => Math.round(Math.min(most, Math.max(0, value)));
  const [left, right] = [within(Math.min(a.x, b.x), width), within(Math.max(a.x, b.x), width)];
  const [top, bottom] = [within(Math.min(a.y, b.y), height), within(Math.max(a.y, b.y), height)];
  return right - left < 2 || bottom - top < 2
    ? null
    : { x: left, y: top, width: right - left, height: bottom - top };
}
