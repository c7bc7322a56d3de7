import type { TFunction } from 'i18next';
import { en } from '../i18n/en';
import { partsOf } from './curves';

const known = (name: string): name is keyof typeof en.training.measures => name in en.training.measures;

/** A measure in words; one that the page does not know as the recipe calls it. */
export const measureName = (t: TFunction, measure: string) =>
  known(measure) ? t(`training.measures.${measure}`) : measure;

/** A metric in words: `training loss` as 训练损失. */
export function metricName(t: TFunction, metric: string): string {
  const { on, measure } = partsOf(metric);
  const name = measureName(t, measure);
  return on ? t(`training.metrics.${on}`, { measure: name }) : name;
}

/** A figure with the digits that matter. */
export const figure = (value: number) => String(Number(value.toPrecision(4)));

const KIB = 1024;

/** A size of a file in its fitting unit. */
export const sizeOf = (bytes: number) =>
  bytes < KIB
    ? `${bytes} B`
    : bytes < KIB * KIB
      ? `${(bytes / KIB).toFixed(0)} KiB`
      : `${(bytes / KIB / KIB).toFixed(1)} MiB`;
