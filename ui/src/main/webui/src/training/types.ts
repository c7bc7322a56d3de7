/** Trainings as the suite's REST API has them. */

export interface Recipe {
  task: string;
  /** The data set whose format its data have. */
  recipe: string;
  /** Whether the operator has data for it. */
  hasData: boolean;
}

export interface TrainingFile {
  id: string;
  name: string;
  bytes: number;
  sha256: string;
  createdBy: string;
  createdAt: string;
}

export interface NewTraining {
  task: string;
  recipe: string;
  /** Without one it learns from what the operator has. */
  file?: string;
  seed?: number;
  priority?: number;
}

export type TrainingState = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

export interface Training {
  id: string;
  task: string;
  recipe: string;
  file?: string;
  /** What its sender called it. */
  fileName?: string;
  seed: number;
  priority: number;
  state: TrainingState;
  /** Done, in [0, 1]. */
  share: number;
  doing?: string;
  attempts: number;
  dataSha256?: string;
  failure?: string;
  createdBy: string;
  createdAt: string;
  startedAt?: string;
  endedAt?: string;
  versions: TrainedVersion[];
}

export interface TrainedVersion {
  role: string;
  number: number;
}

/** A figure of the learning. */
export interface Measure {
  seq: number;
  at: string;
  metric: string;
  /** In epochs or rounds. */
  step: number;
  value: number;
}
