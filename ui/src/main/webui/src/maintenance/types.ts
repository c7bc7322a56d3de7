import type { LocalText } from '../api/types';

/** The output of manufacturing.predictive-maintenance. */
export interface MaintenanceReport {
  machines: MachineStatus[];
  alarms: Alarm[];
  dataIssues: {
    machine: string;
    signal?: string | null;
    samples: number;
    from: string;
    to: string;
    text: LocalText;
  }[];
  rule?: { horizon: number; threshold: number } | null;
}

export interface MachineStatus {
  machine: string;
  asOf?: string | null;
  /** 0 to 100. */
  health: number;
  worst?: string | null;
  components: {
    component: string;
    within24h: number;
    within48h: number;
    within72h: number;
    within14d: number;
    daysSinceReplacement?: number | null;
  }[];
  life?: Life | null;
  why: { feature: string; value?: number | null; effect: number }[];
  similar: { machine: string; component: string; failedAt: string; distance: number }[];
  action: {
    kind: 'REPLACE_NOW' | 'PLAN_REPLACEMENT' | 'INSPECT' | 'NONE';
    text: LocalText;
    cost?: number | null;
    costOfWaiting?: number | null;
  };
}

export interface Life {
  value: number;
  low: number;
  high: number;
  coverage: number;
  isBeyond: boolean;
  unit: 'HOURS' | 'CYCLES';
}

export interface Alarm {
  machine: string;
  component: string;
  opened: string;
  closed?: string | null;
  peak: number;
}
