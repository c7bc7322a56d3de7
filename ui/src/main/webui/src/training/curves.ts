import type { Measure } from './types';

/** A figure over its steps: one stretch for each fit of the recipe. */
export interface Curve {
  metric: string;
  /** Steps and values. */
  stretches: [number, number][][];
}

/** The curves in which metrics first came; where a step does not go on, another fit began. */
export function curvesOf(measures: Measure[]): Curve[] {
  const curves = new Map<string, Curve>();
  for (const { metric, step, value } of measures) {
    let curve = curves.get(metric);
    if (!curve) {
      curve = { metric, stretches: [] };
      curves.set(metric, curve);
    }
    const stretch = curve.stretches.at(-1);
    const before = stretch?.at(-1);
    if (stretch && before && step > before[0]) stretch.push([step, value]);
    else curve.stretches.push([[step, value]]);
  }
  return [...curves.values()];
}

/** The points one after another, with a hole between stretches. */
export const broken = (curve: Curve): ([number, number] | [null, null])[] =>
  curve.stretches.flatMap((stretch, i) => (i === 0 ? stretch : [[null, null] as [null, null], ...stretch]));

/** What was measured, and on which part of the data: `training loss`, `validation rmse`. */
export function partsOf(metric: string): { on?: 'training' | 'validation'; measure: string } {
  const [, on, measure] = /^(training|validation) (.+)$/.exec(metric) ?? [];
  return measure === undefined ? { measure: metric } : { on: on as 'training' | 'validation', measure };
}

/** Of what more is better. */
const GAINS = ['ndcg'];

/** The newest point, and the best value of any stretch. */
export function lastOf(curve: Curve): { step: number; last: number; best: number } {
  const better = GAINS.includes(partsOf(curve.metric).measure) ? Math.max : Math.min;
  const [step, last] = curve.stretches.at(-1)?.at(-1) ?? [NaN, NaN];
  const best = curve.stretches.flat().reduce((best, [, value]) => better(best, value), last);
  return { step, last, best };
}

/** Curves of one measure, which share an axis: the training loss beside the validation loss. */
export function byMeasure(curves: Curve[]): Curve[][] {
  const rows = new Map<string, Curve[]>();
  for (const curve of curves) {
    const { measure } = partsOf(curve.metric);
    rows.set(measure, [...(rows.get(measure) ?? []), curve]);
  }
  return [...rows.values()];
}
