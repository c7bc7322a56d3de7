export type Kind = 'INPUT' | 'OUTPUT' | 'OUTCOME' | 'AGREEMENT' | 'CALIBRATION';
export type Statistic = 'PSI' | 'KS' | 'SHARE' | 'ECE';
export type DriftState = 'TOO_FEW' | 'STEADY' | 'SHIFTING' | 'DRIFTED';

export interface Measure {
  kind: Kind;
  name: string;
  statistic: Statistic;
  value?: number;
  was?: number;
  low?: number;
  high?: number;
  probability?: number;
  reference: number;
  current: number;
  state: DriftState;
  history: { at: string; value: number }[];
}

/** Runs that the same versions answered; without any, all runs of the task. */
export interface Series {
  id: string;
  models: { role: string; name: string; version: string }[];
  since: string;
  measures: Measure[];
}

export interface Alert {
  id: string;
  task: string;
  series: string;
  kind: Kind;
  name: string;
  statistic: Statistic;
  opened: string;
  found: string;
  value: number;
  was?: number;
  ended?: string;
  acknowledgedBy?: string;
  acknowledgedAt?: string;
}

export interface TaskDecay {
  task: string;
  series: Series[];
  alerts: Alert[];
  retraining: string[];
}

export interface Decay {
  looked?: string;
  thresholds: { reference: string; window: string };
  tasks: TaskDecay[];
}

export interface Retraining {
  cases: number;
  training: { id: string };
}
