import type { TFunction } from 'i18next';
import type { Between, Metric, Share } from './types';

/** A metric with the ends of its interval, such as `0.861 (0.842–0.879)`. */
export const shown = ({ value, low, high }: Metric) =>
  low === high
    ? value.toPrecision(3)
    : `${value.toPrecision(3)} (${low.toPrecision(3)}–${high.toPrecision(3)})`;

const signed = (value: number) =>
  value === 0 ? '0' : `${value < 0 ? '−' : '+'}${Math.abs(value).toPrecision(2)}`;

/** A difference with the ends of its interval, such as `+0.012 (−0.003 to +0.027)`. */
export const difference = ({ value, low, high }: Between, to: string) =>
  `${signed(value)} (${signed(low)} ${to} ${signed(high)})`;

/** How versions share the runs of a role, such as "Version 1 90 %, Version 2 10 %". */
export function sharesInWords(shares: Share[], t: TFunction) {
  const name = (number: number) =>
    number === 0 ? t('models.shipped') : t('models.versionNumber', { number });
  return shares.map(({ number, percent }) => `${name(number)} ${percent} %`).join(', ');
}
