import type { ChartPanel } from '../api/types';
import { shown, at } from './pointer';
import type { Language } from '../i18n';

/** A point of a chart panel. */
export interface Point {
  label: string;
  value: number;
  /** One a limit of the panel; null where there is none. */
  limits: (number | null)[];
  /** Why it stands out; empty for most. */
  remark: string;
}

const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** The points of a chart panel; a record without a height is none. */
export function pointsOf(panel: ChartPanel, output: unknown, language: Language): Point[] {
  const rows = at(output, panel.pointer);
  if (!Array.isArray(rows)) return [];
  return (rows as unknown[]).flatMap((row) => {
    const value = number(at(row, panel.value.pointer));
    if (value === null) return [];
    return [
      {
        label: shown(at(row, panel.label.pointer), language),
        value,
        limits: panel.limits.map((limit) => number(at(row, limit.pointer))),
        remark: shown(at(row, panel.remark.pointer), language),
      },
    ];
  });
}

/** The lines straight across; what the output does not hold is none. */
export function levelsOf(panel: ChartPanel, output: unknown, language: Language) {
  return panel.levels.flatMap((level) => {
    const value = number(at(output, level.pointer));
    return value === null ? [] : [{ title: level.title[language], value }];
  });
}
