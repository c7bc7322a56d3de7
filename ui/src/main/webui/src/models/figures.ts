import type { Between, Metric } from './types';

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
