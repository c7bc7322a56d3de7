import type { Alert, DriftState, Kind, Measure, Series, TaskDecay } from './types';

const KINDS: Kind[] = ['OUTCOME', 'INPUT', 'OUTPUT', 'AGREEMENT', 'CALIBRATION'];
const ORDER: DriftState[] = ['DRIFTED', 'SHIFTING', 'STEADY', 'TOO_FEW'];

/** What is said of a kind in one line: its worst measure first. */
export interface Line {
  kind: Kind;
  state: DriftState;
  measures: [Measure, ...Measure[]];
}

const worst = (a: Measure, b: Measure) =>
  ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (b.value ?? 0) - (a.value ?? 0);

/** A line for each kind that was measured. */
export function lines({ measures }: Series): Line[] {
  return KINDS.flatMap((kind) => {
    const [first, ...rest] = measures.filter((one) => one.kind === kind).sort(worst);
    return first === undefined ? [] : [{ kind, state: first.state, measures: [first, ...rest] }];
  });
}

export const isOpen = (alert: Alert) => alert.ended === undefined;

/** How many alerts are open. */
export const openAlerts = (tasks: TaskDecay[]) =>
  tasks.reduce((sum, { alerts }) => sum + alerts.filter(isOpen).length, 0);

const rounded = (value: number) => value.toFixed(2);
const share = (value: number) => `${(value * 100).toFixed(1)} %`;

/** A measure in figures, such as `PSI 0.31` or `82.0 % (78.1–85.4), 91.0 % before`. */
export function figures(
  { statistic, value, was, low, high }: Pick<Measure, 'statistic' | 'value' | 'was' | 'low' | 'high'>,
  before: (value: string) => string,
): string {
  if (value === undefined) return '–';
  if (statistic === 'PSI' || statistic === 'KS') return `${statistic} ${rounded(value)}`;
  const shown = statistic === 'SHARE' ? share : rounded;
  const interval =
    low === undefined || high === undefined ? '' : ` (${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)})`;
  return `${shown(value)}${interval}${was === undefined ? '' : `, ${before(shown(was))}`}`;
}
